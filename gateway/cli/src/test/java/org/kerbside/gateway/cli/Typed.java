package org.kerbside.gateway.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/**
 * A command line as it was typed, and all that came of it.
 *
 * @param err with the exit code in brackets at its end, as the papers print it
 */
record Typed(String out, String err, int exit) {

  static Typed of(Actions actions, Path machine, Object extra, String line) {
    var out = new StringWriter();
    var err = new StringWriter();
    var places =
        new Places(
            machine.resolve("etc/site.yaml"),
            machine.resolve("var"),
            machine.resolve("local"),
            machine.resolve("rules"));
    int exit =
        KerbsideCommand.run(
            line.isEmpty() ? new String[0] : line.split(" "),
            actions,
            new Terminal(new PrintWriter(out), new PrintWriter(err)),
            places,
            extra);
    return new Typed(out.toString(), err.toString(), exit);
  }

  /** All of it on one sheet, in the form of the golden specimens. */
  String sheet() {
    return exit == 0 ? out + err : (out + err).stripTrailing() + "  [%d]\n".formatted(exit);
  }
}
