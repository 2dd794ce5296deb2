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

/** A revision on its way to run: once the gateway has begun by it, it is the current one. */
final class Applying implements Turn {

  /** A gateway ends within ten seconds, and begins within a few. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Revisions revisions;
  private final Standing standing;
  private final Revision before;
  private final Visitor by;
  private final long since = System.nanoTime();
  private final CompletableFuture<Duration> applied = new CompletableFuture<>();

  /**
   * @param standing so, once the gateway has begun
   * @param before what ran until then
   */
  Applying(Revisions revisions, Standing standing, Revision before, Visitor by) {
    this.revisions = revisions;
    this.standing = standing;
    this.before = before;
    this.by = by;
  }

  @Override
  public void begun(Gateway now) throws CommandException {
    try {
      revisions.stand(standing);
    } catch (IOException broken) {
      throw new CommandException(
          Exit.MISSING_OR_TAKEN,
          "the revision cannot be made the current one: %s".formatted(broken.getMessage()),
          "see that the disk is not full");
    }
    now.tell(
        "revision-%d".formatted(standing.revision()),
        "unix:" + by.user(),
        "revision %d, before %d".formatted(standing.revision(), before.number()));
    now.guard().watch();
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
          "revision %d cannot run: %s".formatted(standing.revision(), why.getMessage()),
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
