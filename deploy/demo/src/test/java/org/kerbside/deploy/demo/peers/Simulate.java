package org.kerbside.deploy.demo.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.kerbside.gateway.cli.Actions;
import org.kerbside.gateway.cli.KerbsideCommand;
import org.kerbside.gateway.cli.Terminal;

/** {@code kerbside simulate} as it is typed, without a process of its own. */
final class Simulate {

  /** The house behind the command line: this command asks a socket, and the house for nothing. */
  private static final Actions NOBODY =
      (Actions)
          Proxy.newProxyInstance(
              Actions.class.getClassLoader(),
              new Class<?>[] {Actions.class},
              (proxy, method, arguments) -> {
                throw new AssertionError(method + " is asked for");
              });

  private Simulate() {}

  /** Lets an asset have a fault for longer than a test. */
  static void at(Path data, String asset, String fault) {
    var said = new StringWriter();
    var terminal = new Terminal(new PrintWriter(said), new PrintWriter(said));
    String[] words = {"simulate", asset, "--fault", fault, "--for", "30d", "--data", "" + data};
    int exit = KerbsideCommand.run(words, NOBODY, terminal);
    assertThat(said).hasToString("%s: %s for 30d%n".formatted(asset, fault));
    assertThat(exit).isZero();
  }
}
