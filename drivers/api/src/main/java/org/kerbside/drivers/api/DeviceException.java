package org.kerbside.drivers.api;

import org.kerbside.gateway.model.Reason;

/**
 * The world erred: a device, a line or a port. The message is for people: where, what, what to do.
 */
public abstract sealed class DeviceException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String told;
  private final String reason; // a Reason's text: an exception is serializable, a Reason is not

  private DeviceException(String message, Reason reason) {
    super(message);
    this.told = message;
    this.reason = reason.text();
  }

  /** Why the points of a device that was asked, and for which this came, are bad. */
  public Reason reason() {
    return new Reason(reason);
  }

  /** Always there, unlike {@link Throwable}'s. */
  @Override
  public String getMessage() {
    return told;
  }

  /** A message that cannot be decoded at all. */
  public static final class BadTelegram extends DeviceException {
    private static final long serialVersionUID = 1L;

    public BadTelegram(String message) {
      super(message, Reason.BAD_CHECKSUM);
    }
  }

  /** Nothing came in time, or nobody is at that address. */
  public static final class NoAnswer extends DeviceException {
    private static final long serialVersionUID = 1L;

    public NoAnswer(String message) {
      super(message, Reason.TIME_OUT);
    }
  }

  /** A port or device that is missing or taken here. */
  public static final class Unavailable extends DeviceException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message) {
      super(message, Reason.TIME_OUT);
    }
  }

  /** The device has no such output, or will not move it. */
  public static final class Refused extends DeviceException {
    private static final long serialVersionUID = 1L;

    public Refused(String message) {
      super(message, Reason.DEVICE_EXCEPTION);
    }
  }
}
