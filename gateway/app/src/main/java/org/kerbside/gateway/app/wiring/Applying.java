package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.kerbside.config.Revision;
import org.kerbside.config.Revisions;
import org.kerbside.config.Standing;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Visitor;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Issuer;

/** A revision on its way to run: once the gateway has begun by it, it is the current one. */
final class Applying implements Turn {

  /** A gateway ends within ten seconds, and begins within a few. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Revisions revisions;
  private final Revision revision;
  private final Revision before;
  private final Clock clock;
  private final Visitor by;
  private final long since = System.nanoTime();
  private final CompletableFuture<Duration> applied = new CompletableFuture<>();

  Applying(Revisions revisions, Revision revision, Revision before, Clock clock, Visitor by) {
    this.revisions = revisions;
    this.revision = revision;
    this.before = before;
    this.clock = clock;
    this.by = by;
  }

  @Override
  public void begun(Gateway now) throws CommandException {
    try {
      revisions.stand(Standing.on(revision.number()));
    } catch (IOException broken) {
      throw new CommandException(
          Exit.MISSING_OR_TAKEN,
          "the revision cannot be made the current one: %s".formatted(broken.getMessage()),
          "see that the disk is not full");
    }
    var at = clock.now();
    var reason = "revision %d, before %d".formatted(revision.number(), before.number());
    now.tell(
        new Event.Audit(
            at,
            "configuration",
            "revision-%d".formatted(revision.number()),
            new Act(Issuer.CREW, "unix:" + by.user(), reason, at, null)));
    applied.complete(Duration.ofNanos(System.nanoTime() - since));
  }

  @Override
  public void failed(CommandException why) {
    applied.completeExceptionally(why);
  }

  /** How long it took; ends with what kept the gateway from beginning by it. */
  Duration await() throws CommandException {
    try {
      return applied.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      var why = failed.getCause() == null ? failed : failed.getCause();
      throw new CommandException(
          Exit.REFUSED,
          "revision %d cannot run: %s".formatted(revision.number(), why.getMessage()),
          why instanceof CommandException told
              ? "%s; revision %d goes on".formatted(told.help(), before.number())
              : "revision %d goes on".formatted(before.number()));
    } catch (TimeoutException slow) {
      throw new CommandException(
          Exit.NO_ANSWER, "the gateway has not begun yet", "kerbside status shows what runs");
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new CommandException(
          Exit.NO_ANSWER, "the service stops", "kerbside status shows what runs");
    }
  }
}
