package org.kerbside.gateway.model;

/**
 * Why a reading is less than good, in the house's one vocabulary. An input's name may stand in
 * front: {@code radar silent}.
 */
public record Reason(String text) {

  public static final Reason BAD_CHECKSUM = new Reason("bad checksum");
  public static final Reason TIME_OUT = new Reason("time-out");
  public static final Reason DEVICE_EXCEPTION = new Reason("device exception");
  public static final Reason SENTINEL = new Reason("sentinel");
  public static final Reason OUT_OF_RANGE = new Reason("out of range");
  public static final Reason NO_ECHO = new Reason("no echo");
  public static final Reason WIRE_BROKEN = new Reason("wire broken");
  public static final Reason WIRE_SHORT = new Reason("wire short");
  public static final Reason DEVICE_ERROR = new Reason("device error");
  public static final Reason NOT_CALIBRATED = new Reason("not calibrated");
  public static final Reason WARMING_UP = new Reason("warming up");
  public static final Reason JUMP = new Reason("jump");

  /** Nothing was said of the point for too long; its device goes on about others. */
  public static final Reason STALE = new Reason("stale");

  /** Its device says nothing at all. */
  public static final Reason SILENT = new Reason("silent");

  public static final Reason BLIND_ZONE = new Reason("blind zone");
  public static final Reason CONDENSATION = new Reason("condensation");
  public static final Reason SPREAD = new Reason("spread");
  public static final Reason STUCK = new Reason("stuck");
  public static final Reason RATE = new Reason("rate");
  public static final Reason WEATHER = new Reason("weather");
  public static final Reason MAINTENANCE = new Reason("maintenance");
  public static final Reason ONE_INPUT = new Reason("one input");
  public static final Reason FLAPPING = new Reason("flapping");
  public static final Reason FROZEN_SOIL = new Reason("frozen soil");
  public static final Reason WEAK_SIGNAL = new Reason("weak signal");

  /** The source's own time could not be believed; the time of receipt stands instead. */
  public static final Reason SOURCE_TIME = new Reason("source time");

  @Override
  public String toString() {
    return text;
  }
}
