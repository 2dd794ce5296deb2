package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.kerbside.config.Revisions;
import org.kerbside.config.Standing;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;

/** A revision on its way to run: once the gateway has begun by it, it is the current one. */
final class Applying implements Turn {

  /** A gateway ends within ten seconds, and begins within a few. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Revisions revisions;
  private final Standing standing;
  private final String before;
  private final String by;
  private final long since = System.nanoTime();
  private final CompletableFuture<Duration> applied = new CompletableFuture<>();

  /**
   * @param standing so, once the gateway has begun
   * @param before what ran until then: {@code revision 41}
   * @param by who wanted it: {@code unix:root}
   */
  Applying(Revisions revisions, Standing standing, String before, String by) {
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
        by,
        "revision %d, before %s".formatted(standing.revision(), before));
    now.guard().watch();
    applied.complete(Duration.ofNanos(System.nanoTime() - since));
  }

  @Override
  public void failed(CommandException why, Served now) {
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
              ? "%s; %s goes on".formatted(told.help(), before)
              : "%s goes on".formatted(before));
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
