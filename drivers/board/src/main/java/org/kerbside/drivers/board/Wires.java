package org.kerbside.drivers.board;

import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.SerialPorts;
import org.kerbside.drivers.api.Time;

/** How chips get their wires. */
record Wires(Place.Wires place, Hardware hardware, SerialPorts ports) {

  /**
   * Opens nothing yet.
   *
   * @param model that {@link ChipCheck} found fit for the place
   */
  Station.Connector connector(ChipProfile.Model model, int address, Time time) {
    return () ->
        switch (model) {
          case ChipProfile.Model.OnI2c on when place instanceof Place.I2cBus bus -> {
            var wire = hardware.open(bus, address);
            yield new Station.Connected(on.fitting().maker().on(wire, time), wire::close);
          }
          case ChipProfile.Model.OnLine on when place instanceof Place.Uart(var port, var own) -> {
            var line = ports.open(port, own == null ? on.chip().settings() : own);
            yield new Station.Connected(on.fitting().maker().on(line, time), line::close);
          }
          case ChipProfile.Model other ->
              throw new Unavailable("%s is no wire for this chip".formatted(place));
        };
  }
}
