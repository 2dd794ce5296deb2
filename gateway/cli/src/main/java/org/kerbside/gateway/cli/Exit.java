package org.kerbside.gateway.cli;

/** How a command ends: the process's exit code, told to scripts and systemd. */
public enum Exit {
  DONE(0),
  /** The check ran and found something. */
  FOUND(1),
  /** What was typed or written is wrong. */
  WRONG_INPUT(2),
  /** Warnings only, with {@code --strict}; a suite that was not run. */
  WARNED(3),
  /** The service does not answer. */
  NO_ANSWER(4),
  NOT_ALLOWED(5),
  /** Missing or taken on this machine: a JDK, port, device, disk, a second instance. */
  MISSING_OR_TAKEN(6),
  /** Refused by the service: interlock, conflict, state. */
  REFUSED(7),
  /** A fault of the program. 1 would say that a check found something. */
  OUR_FAULT(70);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  /** By its code as digits; another's is a fault. */
  static Exit of(String code) {
    for (var exit : values()) {
      if (String.valueOf(exit.code).equals(code)) {
        return exit;
      }
    }
    return OUR_FAULT;
  }

  public int code() {
    return code;
  }
}
