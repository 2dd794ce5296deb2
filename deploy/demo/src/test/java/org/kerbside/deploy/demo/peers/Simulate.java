package org.kerbside.deploy.demo.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.kerbside.gateway.cli.Actions;
import org.kerbside.gateway.cli.CheckOptions;
import org.kerbside.gateway.cli.CodeOptions;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.KerbsideCommand;
import org.kerbside.gateway.cli.ReplayOptions;
import org.kerbside.gateway.cli.RunOptions;
import org.kerbside.gateway.cli.Terminal;
import org.kerbside.gateway.cli.TestOptions;
import org.kerbside.gateway.cli.Work;

/** {@code kerbside simulate} as it is typed, without a process of its own. */
final class Simulate {

  private Simulate() {}

  /** Lets an asset have a fault for longer than a test. */
  static void at(Path data, String asset, String fault) {
    var said = new StringWriter();
    var terminal = new Terminal(new PrintWriter(said), new PrintWriter(said));
    String[] words = {"simulate", asset, "--fault", fault, "--for", "20h", "--data", "" + data};
    int exit = KerbsideCommand.run(words, new NoHouse(), terminal);
    assertThat(said).hasToString("%s: %s for 20h%n".formatted(asset, fault));
    assertThat(exit).isZero();
  }

  /** It asks a socket, and the house for nothing. */
  private static final class NoHouse implements Actions {

    @Override
    public Exit run(RunOptions options, Terminal terminal) {
      throw new AssertionError();
    }

    @Override
    public Exit check(CheckOptions options, Terminal terminal) {
      throw new AssertionError();
    }

    @Override
    public Exit test(TestOptions options, Terminal terminal) {
      throw new AssertionError();
    }

    @Override
    public Exit replay(ReplayOptions options, Terminal terminal) {
      throw new AssertionError();
    }

    @Override
    public Exit code(CodeOptions options, Terminal terminal) {
      throw new AssertionError();
    }

    @Override
    public Exit work(Work work, Terminal terminal) {
      throw new AssertionError();
    }

    @Override
    public String version() {
      throw new AssertionError();
    }
  }
}
