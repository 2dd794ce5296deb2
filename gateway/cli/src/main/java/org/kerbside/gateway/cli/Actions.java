package org.kerbside.gateway.cli;

/** What the commands have done by the house behind them. */
public interface Actions {

  /** Serves the site until the process is told to stop. */
  Exit run(RunOptions options, Terminal terminal) throws CommandException, InterruptedException;

  /** Tells every mistake of a site; opens no device and no socket. */
  Exit check(CheckOptions options, Terminal terminal) throws CommandException;

  /** Runs tests of rules; opens no device and no socket. */
  Exit test(TestOptions options, Terminal terminal) throws CommandException;

  /** Runs recorded readings against the present and against changed rules. */
  Exit replay(ReplayOptions options, Terminal terminal) throws CommandException;

  /** Tells a job code, or makes a key of codes. */
  Exit code(CodeOptions options, Terminal terminal) throws CommandException;

  /** What needs no service: reads the site and its data folder by itself. */
  Exit work(Work work, Terminal terminal) throws CommandException;

  /** The version and what it runs on, one line. */
  String version();
}
