package org.kerbside.gateway.app;

import java.time.Duration;
import java.time.Instant;
import org.kerbside.drivers.testkit.Timetable;

/** The clocks of a simulated machine: monotonic by the timetable, the wall as somebody set it. */
final class SimulatedBoard implements Board {

  private final Timetable time;
  private final Instant began;
  private Duration off = Duration.ZERO;
  private Kernel kernel = new Kernel.Synchronised(Duration.ofMillis(50));

  SimulatedBoard(Timetable time, Instant began) {
    this.time = time;
    this.began = began;
  }

  /** The time that it really is. */
  Instant truth() {
    return began.plusNanos(time.nanos());
  }

  /** Somebody or something sets the wall clock, off the truth by so much. */
  void set(Duration offTruth, Kernel says) {
    off = offTruth;
    kernel = says;
  }

  Duration off() {
    return off;
  }

  @Override
  public long nanos() {
    return time.nanos();
  }

  @Override
  public Instant wall() {
    return truth().plus(off);
  }

  @Override
  public Kernel kernel() {
    return kernel;
  }
}
