package org.kerbside.drivers.api;

/**
 * The world erred: a device, a line or a port. The message is for people: where, what, what to do.
 */
public abstract sealed class DeviceException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String told;

  private DeviceException(String message) {
    super(message);
    this.told = message;
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
      super(message);
    }
  }

  /** A port or device that is missing or taken here. */
  public static final class Unavailable extends DeviceException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message) {
      super(message);
    }
  }

  /** The device has no such output, or will not move it. */
  public static final class Refused extends DeviceException {
    private static final long serialVersionUID = 1L;

    public Refused(String message) {
      super(message);
    }
  }
}
