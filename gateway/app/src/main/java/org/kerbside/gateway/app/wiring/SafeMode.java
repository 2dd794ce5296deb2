package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Diagnostics;
import org.kerbside.config.Mistake;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Overlay;
import org.kerbside.config.Revisions;
import org.kerbside.config.Secrets;
import org.kerbside.config.Standing;
import org.kerbside.gateway.app.Sign;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.ControlServer;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Format;
import org.kerbside.gateway.cli.Requests;
import org.kerbside.gateway.cli.Requests.Reply;
import org.kerbside.gateway.cli.Visitor;
import org.kerbside.gateway.model.Site;
import org.kerbside.gateway.page.PageException;
import org.kerbside.gateway.page.SafePage;
import org.kerbside.gateway.page.SafePage.Trouble;

/**
 * What runs where no configuration is good: the page tells every mistake as the files have it now,
 * and the one deed is to reload. No bus is opened and no output is touched, so that each rests as
 * it is wired; whoever asks for more is refused.
 */
final class SafeMode implements Served {

  /** What each of its answers begins with. */
  static final String WORD = "safe mode";

  private static final long LOOK = 2; // s, between two looks at the files

  private final Plan.Source source;
  private final Running running;
  private final Turn.Again again;
  private final Revisions revisions;
  private final @Nullable SafePage page;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private volatile Mistakes found; // read once written
  private volatile long looks; // the looking thread's
  private volatile boolean isOver; // a gateway takes over

  SafeMode(Start.Safe start, Running running, Turn.Again again) {
    this.source = start.source();
    this.running = running;
    this.again = again;
    revisions = Revisions.in(running.data());
    found = start.mistakes();
    var address = running.page();
    page =
        address == null
            ? null
            : new SafePage(
                address, GatewayPage.HOTLINE, Doctor.of(running.data(), source), this::told);
  }

  @Override
  public void start() throws CommandException {
    if (page != null) {
      try {
        page.start();
      } catch (PageException taken) {
        throw GatewayPage.refused(taken);
      }
    }
    Thread.ofPlatform().name(WORD).daemon().start(this::look);
  }

  @Override
  public void stop(Heir heir) {
    stopped.countDown();
    if (page != null) {
      page.close();
    }
  }

  @Override
  public Greeting greeting() {
    return new Greeting(WORD, "mend the files, then kerbside reload");
  }

  @Override
  public String farewell() {
    return "nothing ran";
  }

  /** That the files are looked at: this is all that must get on here. */
  @Override
  public List<Sign> signs() {
    return List.of(Sign.of(WORD, looks));
  }

  @Override
  public String status() {
    var now = found;
    return now.hasErrors()
        ? "%s: %s".formatted(WORD, new Diagnostics(now).refusal("nothing runs"))
        : "%s: the files are right now; kerbside reload".formatted(WORD);
  }

  @Override
  public void withheld() {
    // Said on systemd's status line and in the log; there is nobody else to hear it.
  }

  @Override
  public Requests requests() {
    return new Requests(
            Map.of(
                ControlServer.request("status", Format.TEXT),
                this::status,
                ControlServer.request("status", Format.JSON),
                () -> new Diagnostics(found).json()),
            Map.of(),
            Map.of(
                ControlServer.request("reload", Format.TEXT),
                (words, by) -> reload(by, Format.TEXT),
                ControlServer.request("reload", Format.JSON),
                (words, by) -> reload(by, Format.JSON)))
        .otherwise(
            new CommandException(
                Exit.REFUSED, status(), "kerbside status; mend the files, then kerbside reload"));
  }

  /** The files as they are now: whoever mends them sees what is left. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // Its thread is the only writer.
  private void look() {
    try {
      read(); // What came since the start found them, a try to leave among it.
      var seen = stamps();
      do {
        looks++;
        var now = stamps();
        if (!now.equals(seen)) {
          seen = now;
          read();
        }
      } while (!stopped.await(LOOK, TimeUnit.SECONDS));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Of what was learned here and every file that was opened, when and how long; and the secrets.
   */
  private List<String> stamps() {
    var stamps = new ArrayList<String>();
    stamps.add(Secrets.digest(source.site()));
    var files = new ArrayList<>(found.files());
    files.add(running.data().resolve(Overlay.FILE).toString());
    for (var file : files) {
      var path = Path.of(file);
      try {
        stamps.add("%s %s %d".formatted(file, Files.getLastModifiedTime(path), Files.size(path)));
      } catch (IOException gone) {
        stamps.add(file);
      }
    }
    return stamps;
  }

  private @Nullable Plan read() {
    var mistakes = new Mistakes();
    var overlay = Overlay.read(running.data().resolve(Overlay.FILE), mistakes);
    var plan = Plan.read(source.with(overlay), mistakes);
    found = mistakes;
    return plan;
  }

  private synchronized Reply reload(Visitor by, Format format) throws CommandException {
    if (isOver) {
      throw new CommandException(
          Exit.REFUSED, "the gateway begins just now", "ask once more in a few seconds");
    }
    var plan = read();
    if (plan == null) {
      var told = new Diagnostics(found);
      return new Reply(
          Exit.WRONG_INPUT,
          format == Format.JSON ? told.json() : told.text() + told.refusal("still in " + WORD));
    }
    try {
      return leave(plan, by, format);
    } catch (IOException broken) {
      throw new CommandException(
          Exit.MISSING_OR_TAKEN,
          "the revision cannot be kept: %s".formatted(broken.getMessage()),
          "see that the disk is not full");
    }
  }

  private Reply leave(Plan plan, Visitor by, Format format) throws IOException, CommandException {
    var origin = plan.source();
    var now = running.clock().now().wall();
    var kept = origin.keep(origin.files(), revisions, by.user(), now, new Mistakes());
    if (kept == null) {
      throw new CommandException(
          Exit.REFUSED, "the files were changed while they were read", "reload once more");
    }
    var applying = new Applying(revisions, Standing.on(kept.revision()), WORD, "unix:" + by.user());
    isOver = true;
    again.with(kept, applying);
    var took = applying.await();
    return new Reply(
        Exit.DONE,
        format == Format.JSON
            ? Json.answer()
                .put("revision", kept.revision())
                .none("before")
                .put("milliseconds", took.toMillis())
                .toString()
            : "revision %d applied in %d ms; %s is over"
                .formatted(kept.revision(), took.toMillis(), WORD));
  }

  private SafePage.Told told() {
    var now = found;
    var name = String.valueOf(source.site().getFileName());
    return new SafePage.Told(
        new Site("kerbside", name, ZoneId.systemDefault(), 0, 0),
        now.all().stream().filter(Mistake::isError).map(this::trouble).toList());
  }

  private Trouble trouble(Mistake mistake) {
    var mark = mistake.mark();
    var beside = source.site().toAbsolutePath().normalize().resolveSibling("");
    var file = Path.of(mark.file()).toAbsolutePath().normalize();
    var name = file.startsWith(beside) ? beside.relativize(file) : file;
    return new Trouble(
        "%s:%d:%d %s".formatted(name, mark.line(), mark.column(), mistake.code()),
        mistake.problem(),
        mistake.help());
  }
}
