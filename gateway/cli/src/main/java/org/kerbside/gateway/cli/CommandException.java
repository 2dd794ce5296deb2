package org.kerbside.gateway.cli;

import java.io.Serial;

/** Why a command ends early, and what its user can do about it. */
public final class CommandException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final Exit exit;
  private final String help;

  public CommandException(Exit exit, String problem, String help) {
    super(problem);
    this.exit = exit;
    this.help = help;
  }

  public Exit exit() {
    return exit;
  }

  public String help() {
    return help;
  }
}
