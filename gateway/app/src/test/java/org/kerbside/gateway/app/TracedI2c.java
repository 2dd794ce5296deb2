package org.kerbside.gateway.app;

import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CConfig;
import com.pi4j.io.i2c.I2CProvider;
import com.pi4j.plugin.mock.provider.i2c.MockI2C;
import com.pi4j.plugin.mock.provider.i2c.MockI2CProviderImpl;
import java.util.List;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.testkit.Trace;

/** A chip by Pi4J that plays a recorded talk and then is gone. For the bus's thread. */
final class TracedI2c extends MockI2C {

  private final Trace trace;

  private TracedI2c(I2CProvider provider, I2CConfig config, List<String> lines) {
    super(provider, config);
    this.trace = Trace.of(lines);
  }

  /** What the board is handed. */
  static I2CProvider provider(List<String> trace) {
    return new MockI2CProviderImpl() {
      @Override
      public I2C create(I2CConfig config) {
        return new TracedI2c(this, config, trace.stream().filter(TracedI2c::isPlayed).toList());
      }
    };
  }

  /** Real time passes here: nobody measures it. */
  private static boolean isPlayed(String line) {
    return !line.startsWith("~");
  }

  @Override
  public int write(byte[] data, int offset, int length) {
    played(data, 0);
    return length;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    System.arraycopy(played(new byte[0], length), 0, buffer, offset, length);
    return length;
  }

  private byte[] played(byte[] written, int wanted) {
    if (trace.left().isEmpty()) {
      throw new IllegalStateException("nobody acknowledges");
    }
    try {
      return trace.exchange(written, wanted);
    } catch (DeviceException nobody) {
      throw new IllegalStateException(nobody); // as the library does it
    }
  }
}
