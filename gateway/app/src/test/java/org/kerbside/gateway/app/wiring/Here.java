package org.kerbside.gateway.app.wiring;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.kerbside.gateway.cli.KerbsideCommand;
import org.kerbside.gateway.cli.Terminal;

/** What is typed behind {@code kerbside}, carried out in this process: a JVM takes its time. */
public record Here(int exit, String out, String err) {

  /** Carries it out to its end. */
  public static Here typed(String... words) {
    var out = new StringWriter();
    var err = new StringWriter();
    var terminal = new Terminal(new PrintWriter(out), new PrintWriter(err));
    int exit = KerbsideCommand.run(words, new House(), terminal);
    return new Here(exit, out.toString(), err.toString());
  }
}
