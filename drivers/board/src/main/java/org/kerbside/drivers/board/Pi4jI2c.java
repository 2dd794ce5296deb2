package org.kerbside.drivers.board;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CProvider;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.DeviceException.NoAnswer;
import org.kerbside.drivers.api.DeviceException.Unavailable;

/**
 * One device on an I²C bus by Pi4J. It has a descriptor of its own, and a new one after whatever
 * went wrong: the library remembers which device it chose last even where choosing it was refused,
 * and would then talk to another.
 */
final class Pi4jI2c implements Hardware.I2cDevice {

  private final String name;
  private final int bus;
  private final int address;
  private final Supplier<I2CProvider> providers;

  private @Nullable Context context; // these two from an exchange to the next that goes wrong
  private @Nullable I2C device;

  /**
   * Opens nothing yet.
   *
   * @param providers a new one for each opening
   */
  Pi4jI2c(int bus, int address, Supplier<I2CProvider> providers) {
    this.name = "i2c-%d/0x%02x".formatted(bus, address);
    this.bus = bus;
    this.address = address;
    this.providers = providers;
  }

  @Override
  public byte[] exchange(byte[] written, int wanted) throws DeviceException {
    var open = device == null ? open() : device;
    byte[] answer = new byte[wanted];
    try {
      int came = Pi4jCalls.told(name, () -> exchange(open, written, answer));
      if (came != wanted) {
        throw new NoAnswer("%s: %d bytes of %d came".formatted(name, Math.max(0, came), wanted));
      }
      return answer;
    } catch (Unavailable told) {
      close();
      // Nobody at this address looks the same as a bus that fails; the keeper sees the difference.
      throw new NoAnswer(told.getMessage());
    }
  }

  private static int exchange(I2C device, byte[] written, byte[] answer) {
    if (written.length == 1 && answer.length > 0) {
      return device.readRegister(written[0] & 0xFF, answer, 0, answer.length);
    }
    if (written.length > 0 && answer.length > 0) {
      return device.readRegister(written, answer, 0, answer.length);
    }
    if (written.length > 0) {
      device.write(written, 0, written.length);
      return 0;
    }
    return device.read(answer, 0, answer.length);
  }

  private I2C open() throws Unavailable {
    var provider = providers.get();
    return Pi4jCalls.told(
        name,
        () -> {
          var opened =
              Pi4J.newContextBuilder()
                  .noAutoDetect()
                  .noAutoInject()
                  .disableShutdownHook()
                  .add(provider)
                  .build();
          context = opened;
          var config = I2C.newConfigBuilder(opened).id(name).bus(bus).device(address).build();
          var created = provider.create(config);
          device = created;
          return created;
        });
  }

  @Override
  public void close() {
    var open = context;
    if (open != null) {
      Pi4jCalls.quietly(open::shutdown);
    }
    context = null;
    device = null;
  }
}
