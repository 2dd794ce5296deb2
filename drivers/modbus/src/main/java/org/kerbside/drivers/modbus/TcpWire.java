package org.kerbside.drivers.modbus;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.Line;
import org.kerbside.gateway.model.Reason;

/** Telegrams with a transaction's number each, so that a late answer is known for one. */
final class TcpWire implements Wire {

  private final Line line;
  private final LongSupplier nanos;
  private final Mbap stream = new Mbap();
  private int transaction;

  /**
   * Over an open line.
   *
   * @param nanos monotonic time
   */
  TcpWire(Line line, LongSupplier nanos) {
    this.line = line;
    this.nanos = nanos;
  }

  @Override
  public Answer ask(int unit, Request request, Duration patience)
      throws Unavailable, InterruptedException {
    transaction = transaction + 1 & 0xFFFF;
    line.write(Mbap.telegram(transaction, unit, request.pdu()));
    long deadline = nanos.getAsLong() + patience.toNanos();
    for (long left = patience.toNanos(); left > 0; left = deadline - nanos.getAsLong()) {
      stream.take(line.read(Duration.ofNanos(left)));
      for (var telegram = stream.next(); telegram != null; telegram = stream.next()) {
        if (telegram.transaction() == transaction && telegram.unit() == unit) {
          byte[] pdu = telegram.bytes();
          return Answer.fits(request, pdu)
              ? Answer.of(request, pdu)
              : new Answer.Nothing(Reason.DEVICE_ERROR);
        }
      }
    }
    return new Answer.Nothing(Reason.TIME_OUT);
  }

  @Override
  public void close() {
    line.close();
  }
}
