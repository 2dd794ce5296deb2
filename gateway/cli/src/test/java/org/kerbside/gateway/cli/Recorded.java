package org.kerbside.gateway.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Actions that only write down what they were asked for, and end as they were told to. */
final class Recorded implements Actions {

  final List<Object> asked = new ArrayList<>();
  Exit exit = Exit.DONE;
  @Nullable CommandException end;
  @Nullable RuntimeException fault;

  @Override
  public Exit run(RunOptions options, Terminal terminal) throws CommandException {
    return ended(options);
  }

  @Override
  public Exit check(CheckOptions options, Terminal terminal) throws CommandException {
    terminal.out().println("ok: site.yaml: 22 assets");
    return ended(options);
  }

  @Override
  public Exit test(TestOptions options, Terminal terminal) throws CommandException {
    return ended(options);
  }

  @Override
  public Exit replay(ReplayOptions options, Terminal terminal) throws CommandException {
    return ended(options);
  }

  @Override
  public Exit code(CodeOptions options, Terminal terminal) throws CommandException {
    return ended(options);
  }

  @Override
  public Exit work(Work work, Terminal terminal) throws CommandException {
    return ended(work);
  }

  @Override
  public String version() {
    return "kerbside 0.1.0, Java 25.0.3";
  }

  private Exit ended(Object options) throws CommandException {
    asked.add(options);
    if (end != null) {
      throw end;
    }
    if (fault != null) {
      throw fault;
    }
    return exit;
  }
}
