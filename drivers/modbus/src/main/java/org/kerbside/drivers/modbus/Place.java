package org.kerbside.drivers.modbus;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.LineSettings;
import org.kerbside.drivers.api.SerialPorts;

/** Where a bus is. */
sealed interface Place {

  /**
   * Waits until it is open, or says what is wrong.
   *
   * @param ports of this machine
   */
  Wire open(SerialPorts ports, LongSupplier nanos) throws Unavailable;

  /** How characters go over it; null where that is not ours to know. */
  default @Nullable LineSettings line() {
    return null;
  }

  /** A connection may be half open, which nothing but silence tells. */
  default boolean isConnection() {
    return true;
  }

  /** A serial port, by a name that stays. */
  record Serial(String port, LineSettings settings) implements Place {

    @Override
    public Wire open(SerialPorts ports, LongSupplier nanos) throws Unavailable {
      return new RtuWire(ports.open(port, settings), settings, nanos);
    }

    @Override
    public LineSettings line() {
      return settings;
    }

    @Override
    public boolean isConnection() {
      return false;
    }

    @Override
    public String toString() {
      return "%s %s".formatted(port, settings);
    }
  }

  /** Modbus TCP. */
  record Tcp(String host, int port) implements Place {

    @Override
    public Wire open(SerialPorts ports, LongSupplier nanos) throws Unavailable {
      return new TcpWire(SocketLine.open(host, port), nanos);
    }

    @Override
    public String toString() {
      return "modbus://%s:%d".formatted(host, port);
    }
  }

  /** A serial server that passes RTU telegrams on as they are. */
  record Server(String host, int port, LineSettings settings) implements Place {

    @Override
    public Wire open(SerialPorts ports, LongSupplier nanos) throws Unavailable {
      return new RtuWire(SocketLine.open(host, port), settings, nanos);
    }

    @Override
    public LineSettings line() {
      return settings;
    }

    @Override
    public String toString() {
      return "rtu://%s:%d %s".formatted(host, port, settings);
    }
  }
}
