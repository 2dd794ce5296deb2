package org.kerbside.drivers.board;

import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.DeviceException.NoAnswer;
import org.kerbside.drivers.api.DeviceException.Refused;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.SerialPorts;
import org.kerbside.drivers.api.Time;

/** How chips get their wires. */
record Wires(Place.Wires place, Hardware hardware, SerialPorts ports) {

  /**
   * Whether anybody answers at an address of the bus. A chip that is read has not been told what to
   * say, and takes no harm.
   */
  boolean isAnybody(int address) throws DeviceException {
    if (!(place instanceof Place.I2cBus bus)) {
      throw new Refused("%s is one device's: nobody else can be there".formatted(place));
    }
    try (var wire = hardware.open(bus, address)) {
      wire.read(1);
      return true;
    } catch (NoAnswer nobody) {
      return false;
    }
  }

  /**
   * Opens nothing yet.
   *
   * @param model that {@link ChipCheck} found fit for the place
   */
  Station.Connector connector(ChipProfile.Model model, int address, Time time) {
    return talk ->
        switch (model) {
          case ChipProfile.Model.OnI2c on when place instanceof Place.I2cBus bus -> {
            var wire = new Talk.OverI2c(hardware.open(bus, address), talk);
            yield new Station.Connected(on.fitting().maker().on(wire, time), wire::close);
          }
          case ChipProfile.Model.OnLine on when place instanceof Place.Uart(var port, var own) -> {
            var settings = own == null ? on.chip().settings() : own;
            var line = new Talk.OverLine(ports.open(port, settings), talk);
            yield new Station.Connected(on.fitting().maker().on(line, time), line::close);
          }
          case ChipProfile.Model other ->
              throw new Unavailable("%s is no wire for this chip".formatted(place));
        };
  }
}
