package org.kerbside.deploy.platform.receiver;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What was typed: serve a broker, or verify a store. */
@Command(
    name = "receiver",
    header = "The city's side: takes frames, drops repeats, sees holes, sends watermarks.",
    sortOptions = false,
    footer = {
      "",
      "Exit codes: 0 done; 1 --verify found holes without a gap; 2 what was typed is",
      "wrong; 6 the store cannot be used; 70 a fault of the program."
    })
final class ReceiverCommand implements Callable<Integer> {

  private static final int FOUND = 1;
  private static final int WRONG_INPUT = 2;
  private static final int MISSING_OR_TAKEN = 6;
  private static final int OUR_FAULT = 70;

  @Spec private @Nullable CommandSpec spec;

  // What was typed: written by picocli, once.
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Say how the command is used.")
  private boolean help;

  @Option(
      names = "--broker",
      paramLabel = "URL",
      description = "The city's broker: mqtt://host:1883 or mqtts://host:8883.")
  private @Nullable String broker;

  @Option(
      names = "--store",
      paramLabel = "FILE",
      required = true,
      description = {
        "Where frames and cursors are kept; receivers that",
        "share the load share it."
      })
  private Path store = Path.of("");

  @Option(
      names = "--verify",
      description = {
        "Print received, repeats, holes explained and",
        "unexplained of the store, and end."
      })
  private boolean verify;

  @Option(
      names = "--client",
      paramLabel = "ID",
      defaultValue = "receiver-1",
      description = {"The MQTT client id, one for each receiver; if not", "given, receiver-1."})
  private String client = "receiver-1";

  @Option(
      names = "--group",
      paramLabel = "NAME",
      description = "Receivers with the same share the load; if not given, receiver.")
  private String group = "receiver";

  @Option(
      names = "--root",
      paramLabel = "TOPIC",
      description = "The first levels of every topic; if not given, kerbside.")
  private String root = "kerbside";

  @Option(names = "--user", paramLabel = "NAME", description = "Who it is to the broker.")
  private @Nullable String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "Holds the password, and nothing else.")
  private @Nullable Path password;

  @Option(
      names = "--interval",
      paramLabel = "MILLIS",
      description = "A watermark so long after something came; if not given, 30000.")
  private long interval = 30_000;

  @Option(
      names = "--frames",
      paramLabel = "COUNT",
      description = "A watermark at once after so many frames; if not given, 500.")
  private int frames = 500;

  @Option(
      names = "--hole-age",
      paramLabel = "MILLIS",
      description = "An older hole is asked for; if not given, 60000.")
  private long holeAge = 60_000;

  private ReceiverCommand() {}

  /** Carries out what was typed; the process's exit code. */
  static int run(String[] args) {
    var line = new CommandLine(new ReceiverCommand());
    return line.setParameterExceptionHandler(
            (mistake, typed) ->
                complain(
                    line.getErr(), String.valueOf(mistake.getMessage()), "--help", WRONG_INPUT))
        .setExecutionExceptionHandler(
            (fault, command, typed) ->
                complain(line.getErr(), "a fault of the program: " + fault, "report it", OUR_FAULT))
        .execute(args);
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      return verify ? verify() : serve();
    } catch (SQLException refused) {
      return complain(
          err(),
          "%s: %s".formatted(store, refused.getMessage()),
          "see that it can be written and is a receiver's store",
          MISSING_OR_TAKEN);
    }
  }

  private int verify() throws SQLException {
    try (var open = Store.existing(store)) {
      var verification = Verification.of(open);
      verification.print(out());
      out().flush();
      return verification.isWhole() ? 0 : FOUND;
    }
  }

  private int serve() throws SQLException, InterruptedException {
    var pace = new Pace(Duration.ofMillis(interval), frames, Duration.ofMillis(holeAge));
    Broker served;
    try {
      served =
          new Broker(
              Broker.server(broker == null ? "" : broker), client, user, password(), group, root);
    } catch (IllegalArgumentException | IOException mistake) {
      return complain(err(), "--broker: " + mistake.getMessage(), "--help", WRONG_INPUT);
    }
    serve(served, pace);
    return 0;
  }

  private void serve(Broker served, Pace pace) throws SQLException, InterruptedException {
    var ended = new CountDownLatch(1);
    try (var open = Store.open(store)) {
      var receiver = new Receiver(served, open, pace, InstantSource.system(), new SecureRandom());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(receiver, ended)));
      out().println("ready");
      out().flush();
      receiver.run();
      out().printf("stopped; %d messages kept%n", receiver.kept());
      out().flush();
    } finally {
      ended.countDown();
    }
  }

  /** SIGTERM: the loop ends after its commit, and with 0, which Java by itself never says. */
  private static void stop(Receiver receiver, CountDownLatch ended) {
    if (ended.getCount() == 0) {
      return; // It ends by itself, with a code of its own.
    }
    receiver.stop();
    try {
      boolean isClosed = ended.await(5, TimeUnit.SECONDS);
      Runtime.getRuntime().halt(isClosed ? 0 : OUR_FAULT);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable String password() throws IOException {
    return password == null ? null : Files.readString(password).strip();
  }

  private PrintWriter out() {
    return line().getOut();
  }

  private PrintWriter err() {
    return line().getErr();
  }

  private CommandLine line() {
    if (spec == null) {
      throw new IllegalStateException("picocli has not been here");
    }
    return spec.commandLine();
  }

  private static int complain(PrintWriter err, String problem, String help, int code) {
    err.printf("receiver: %s%n  = help: %s%n", problem, help);
    err.flush();
    return code;
  }
}
