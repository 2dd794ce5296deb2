package org.kerbside.drivers.modbus;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.kerbside.drivers.api.Asking;

/** Counts what came of requests. The bus's thread counts, anybody reads. */
final class Tally {

  private final LongAdder answered = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder silent = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  /** One request, after which the bus is free again. */
  void count(Answer answer, long took) {
    switch (answer) {
      case Answer.Said said -> answered.increment();
      case Answer.Done done -> answered.increment();
      case Answer.Refusal refusal -> refused.increment();
      case Answer.Nothing nothing -> silent.increment();
    }
    nanos.add(took);
  }

  Asking.Traffic traffic() {
    return new Asking.Traffic(
        answered.sum(), refused.sum(), silent.sum(), Duration.ofNanos(nanos.sum()));
  }
}
