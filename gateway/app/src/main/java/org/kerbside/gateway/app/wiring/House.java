package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.kerbside.config.Diagnostics;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Revisions;
import org.kerbside.gateway.app.SystemClock;
import org.kerbside.gateway.cli.Actions;
import org.kerbside.gateway.cli.CheckOptions;
import org.kerbside.gateway.cli.CodeOptions;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.ReplayOptions;
import org.kerbside.gateway.cli.RunOptions;
import org.kerbside.gateway.cli.Setting;
import org.kerbside.gateway.cli.Strictness;
import org.kerbside.gateway.cli.Terminal;
import org.kerbside.gateway.cli.TestOptions;
import org.kerbside.gateway.cli.Work;
import org.kerbside.gateway.page.Visitors;

/** What the command line has done by the house behind it. */
final class House implements Actions {

  static final String VERSION = "0.1.0";

  /** Raised with each release: a clock that shows less was never set. */
  static final Instant RELEASED = Instant.parse("2026-01-01T00:00:00Z");

  @Override
  public Exit run(RunOptions options, Terminal terminal)
      throws CommandException, InterruptedException {
    var data = options.data();
    var beginning = new Beginning(Revisions.in(data), terminal);
    var visitors = Codes.nobody();
    try (var lock = Lock.on(data)) {
      var start = beginning.start(options.site(), settings(options.settings()), data);
      var exit = Service.serve(lock, start, running(options, visitors), terminal, List.of());
      beginning.ended();
      return exit;
    } catch (IOException e) {
      throw new IllegalStateException("a lock that does not close", e);
    }
  }

  private static Running running(RunOptions options, Visitors visitors) {
    var clock = SystemClock.of(options.data(), RELEASED);
    return new Running(
        options.data(), options.page().resolved(), clock, event -> {}, Codes.by(clock, visitors));
  }

  @Override
  public Exit check(CheckOptions options, Terminal terminal) {
    var exit = Exit.DONE;
    for (var file : options.files()) {
      exit = worse(exit, check(file, options, terminal));
    }
    return exit;
  }

  @Override
  public Exit test(TestOptions options, Terminal terminal) throws CommandException {
    return Trials.run(options, terminal);
  }

  @Override
  public Exit replay(ReplayOptions options, Terminal terminal) throws CommandException {
    return Replay.run(options, terminal);
  }

  @Override
  public Exit code(CodeOptions options, Terminal terminal) throws CommandException {
    return JobCodes.run(options, terminal);
  }

  @Override
  public Exit work(Work work, Terminal terminal) throws CommandException {
    return switch (work) {
      case Work.Show show -> Showing.run(show, terminal);
      case Work.JournalBrief info -> Surveying.run(info, terminal);
      case Work.JournalVerify verify -> Surveying.run(verify, terminal);
      case Work.Doctor doctor -> Doctor.run(doctor, terminal);
      case Work.Backup backup -> Backing.run(backup, terminal);
      case Work.Restore restore -> Backing.run(restore, terminal);
      case Work.FactoryReset reset -> Resetting.run(reset, terminal);
      case Work.Bundle bundle -> Bundling.run(bundle, terminal);
      case Work.Label label -> Labelling.run(label, terminal);
      case Work.Identity identity -> Identifying.run(identity, terminal);
      case Work.IdentityRequest request -> Identifying.run(request, terminal);
      case Work.IdentityAccept accept -> Identifying.run(accept, terminal);
      case Work.Schema schema -> SiteSchema.run(schema, terminal);
    };
  }

  @Override
  public String version() {
    return "kerbside %s · Java %s".formatted(VERSION, Runtime.version());
  }

  private static Exit check(Path file, CheckOptions options, Terminal terminal) {
    var mistakes = new Mistakes();
    var plan = Plan.read(file, settings(options.settings()), mistakes);
    var diagnostics = new Diagnostics(mistakes);
    switch (options.format()) {
      case TEXT -> {
        terminal.out().print(diagnostics.text());
        terminal
            .out()
            .println(
                diagnostics.closing(
                    plan == null ? null : plan.config(), plan == null ? 0 : plan.rules().size()));
        if (plan != null && plan.rules().footprint().windows() > 0) {
          terminal.out().println(plan.rules().footprint());
        }
      }
      case JSON -> terminal.out().println(diagnostics.json());
    }
    int code = diagnostics.exitCode(strictness(options.strictness()));
    return code == Exit.DONE.code()
        ? Exit.DONE
        : code == Exit.WARNED.code() ? Exit.WARNED : Exit.WRONG_INPUT;
  }

  private static Diagnostics.Strictness strictness(Strictness asked) {
    return Diagnostics.Strictness.valueOf(asked.name());
  }

  private static Exit worse(Exit a, Exit b) {
    return a == Exit.WRONG_INPUT || b == Exit.DONE ? a : b;
  }

  static List<String> settings(List<Setting> settings) {
    return settings.stream().map(s -> s.path() + "=" + s.value()).toList();
  }

  /** When the process started. The launcher says when: it built, perhaps, under the same pid. */
  static Instant started() {
    var told = Long.getLong("kerbside.started");
    return told == null
        ? ProcessHandle.current().info().startInstant().orElseGet(Instant::now)
        : Instant.ofEpochMilli(told);
  }
}
