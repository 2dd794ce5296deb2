package org.kerbside.deploy.demo.peers;

import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.drivers.simulator.Fault;
import org.kerbside.gateway.cli.CommandException;

/** One device that has a serial port for itself. It speaks at each turn, whoever hears it. */
final class UartDoor implements Door {

  private static final int MOST = 256; // bytes that it reads at a turn
  private static final int TURNED = 0x10; // a bit

  private final Device device;
  private final UartModel model;
  private final Path name;
  private final PseudoTerminal port;
  private final Play play;
  private @Nullable Said said;
  private int turns;

  private UartDoor(Device device, UartModel model, Path name, PseudoTerminal port, Play play) {
    this.device = device;
    this.model = model;
    this.name = name;
    this.port = port;
    this.play = play;
  }

  /** Makes the port that the site says the device is at. */
  static UartDoor open(Path name, Device device, UartModel model, Play play)
      throws CommandException {
    return new UartDoor(device, model, name, PseudoTerminal.of(device.bus(), name), play);
  }

  @Override
  public void hear(String asset, Said now) {
    if (device.asset().id().equals(asset)) {
      said = now;
    }
  }

  @Override
  public void speak() {
    byte[] asked = port.read(MOST);
    if (said == null || play.has(device.asset().id(), Fault.SILENT)) {
      return;
    }
    byte[] telegram = model.says(asked, said);
    if (telegram.length > 0) {
      turns++;
      port.write(play.has(device.asset().id(), Fault.BAD_BYTES) ? spoilt(telegram) : telegram);
    }
  }

  /** In turn: its last byte is another, its last byte is missing. */
  private byte[] spoilt(byte[] telegram) {
    if (turns % 2 == 0) {
      return Arrays.copyOf(telegram, telegram.length - 1);
    }
    byte[] turned = telegram.clone();
    turned[turned.length - 1] ^= TURNED;
    return turned;
  }

  @Override
  public String place() {
    return "at %s, %s".formatted(name, model.name());
  }

  @Override
  public void close() {
    port.close();
  }
}
