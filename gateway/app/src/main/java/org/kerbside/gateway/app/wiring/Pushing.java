package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Answered;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Revision;
import org.kerbside.config.Revisions;
import org.kerbside.config.Standing;
import org.kerbside.config.Standing.Probation.Terms;
import org.kerbside.config.UplinkConfig;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Got;
import org.kerbside.gateway.model.Got.Result;
import org.kerbside.gateway.model.Want;
import org.kerbside.gateway.model.WantDoor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration that the city pushes: a transaction as a reload is, always on probation, and it
 * takes the place of the files that people keep until the city takes it back. One at a time, on a
 * thread of its own.
 */
final class Pushing implements WantDoor {

  private static final Logger LOG = LoggerFactory.getLogger(Pushing.class);

  private final UplinkConfig.Want may;
  private final Commissioning commissioning;
  private final Reloading reloading;
  private final Revisions revisions;
  private final Answered answered;
  private final Clock clock;

  private volatile @Nullable Got got; // what the file says, but for what was no want at all
  private volatile long last; // the city's number that was judged last
  private final long kept; // the greatest that a revision had at the begin, answered or not

  Pushing(
      UplinkConfig.Want may,
      Commissioning commissioning,
      Reloading reloading,
      Path data,
      Clock clock) {
    this.may = may;
    this.commissioning = commissioning;
    this.reloading = reloading;
    this.revisions = Revisions.in(data);
    this.answered = Answered.in(data);
    this.clock = clock;
    kept = greatest(revisions);
    try {
      var told = answered.read();
      got = told;
      last = told == null ? 0 : told.want();
    } catch (IOException broken) {
      LOG.warn("want: {}", broken.toString());
      last = kept;
    }
  }

  private static long greatest(Revisions revisions) {
    try {
      return revisions.all().stream().mapToLong(Revision::want).max().orElse(0);
    } catch (IOException broken) {
      LOG.warn("want: {}", broken.toString());
      return 0;
    }
  }

  @Override
  public boolean isOpen() {
    return may != UplinkConfig.Want.OFF;
  }

  @Override
  public @Nullable Got got() {
    return got;
  }

  @Override
  public void refused(String why) {
    var now = new Got(0, commissioning.now().revision(), Result.REFUSED, List.of(why));
    if (!now.equals(got)) {
      LOG.warn("{}", why);
    }
    got = now;
  }

  @Override
  public void arrive(Want want) {
    if (want.number() == last) {
      recall(); // Retained, it comes with each connection.
    } else if (want.number() < Math.max(last, kept)) {
      refused("want: %d is older than %d".formatted(want.number(), Math.max(last, kept)));
    } else {
      Thread.ofVirtual().name("want").start(() -> apply(want));
    }
  }

  /** The one that counts, where something else was refused meanwhile. */
  private void recall() {
    try {
      got = answered.read();
    } catch (IOException broken) {
      LOG.warn("want: {}", broken.toString());
    }
  }

  private void apply(Want want) {
    try {
      var applying = commissioning.during(plan -> begun(plan, want));
      if (applying != null) {
        applying.await();
      }
    } catch (CommandException why) {
      LOG.warn("want {}: {}", want.number(), why.getMessage()); // Its turn has told the city.
    }
  }

  /** Null where the gateway does not begin again for it. */
  private @Nullable Applying begun(Plan plan, Want want) throws CommandException {
    if (want.number() <= last) {
      return null; // It came twice.
    }
    if (plan.source().revision() == null) {
      refused("want %d: the disk keeps no configuration".formatted(want.number()));
      return null;
    }
    try {
      var current = plan.revised();
      var mistakes = new Mistakes();
      var next = want.files().isEmpty() ? people(plan, mistakes) : pushed(plan, want, mistakes);
      if (next == null) {
        var renamed = mistakes.renamed(file -> beside(current.origin(), file));
        reloading.tellRefused(renamed, current);
        answer(new Got(want.number(), current.number(), Result.REFUSED, Reloading.lines(renamed)));
        return null;
      }
      if (next.revision() == current.number()) {
        answer(new Got(want.number(), current.number(), Result.APPLIED, List.of()));
        return null;
      }
      return handOver(plan, next, want);
    } catch (Pushable.Refused why) {
      answer(
          new Got(
              want.number(),
              plan.revision(),
              Result.REFUSED,
              List.of(String.valueOf(why.getMessage()))));
    } catch (IOException broken) {
      LOG.warn("want {}: {}; it is tried again", want.number(), broken.toString());
    }
    return null;
  }

  private Applying handOver(Plan plan, Plan next, Want want) throws IOException {
    var current = plan.revised();
    var probation = reloading.probation(current, Terms.REACHES, want.probation(), plan);
    var applying =
        new Applying(
            revisions,
            Standing.on(next.revision()).with(probation),
            "revision %d".formatted(current.number()),
            "city:want-%d".formatted(want.number()));
    commissioning.handOver(next, new Wanted(applying, want, current.number()));
    return applying;
  }

  /** The files that people keep here, where the city has taken its own back. */
  private @Nullable Plan people(Plan plan, Mistakes mistakes) throws IOException {
    var current = plan.revised();
    if (!current.isPushed()) {
      return plan;
    }
    var source = plan.source().at(current.origin());
    if (Plan.read(source, mistakes) == null) {
      return null;
    }
    return source.keep(source.files(), revisions, "city", clock.now().wall(), mistakes);
  }

  private @Nullable Plan pushed(Plan plan, Want want, Mistakes mistakes)
      throws IOException, Pushable.Refused {
    var current = plan.revised();
    var files = new Pushable(may, current.origin()).with(want, plan.source().at(current.origin()));
    if (current.want() == want.number() && current.holds(files)) {
      return plan; // The process ended before it was answered.
    }
    var revision = revisions.keepPushed(files, want.number(), clock.now().wall());
    var next = Plan.read(plan.source(), revision, mistakes);
    if (next == null) {
      revisions.drop(revision);
    }
    return next;
  }

  private static String beside(Path origin, String file) {
    var base = origin.resolveSibling("");
    return Path.of(file).startsWith(base) ? base.relativize(Path.of(file)).toString() : file;
  }

  /** On the disk first, and then told. */
  void answer(Got now) {
    try {
      answered.write(now);
    } catch (IOException broken) {
      LOG.warn("want {}: {}", now.want(), broken.toString());
    }
    last = now.want();
    got = now;
  }

  /**
   * The gateway has come back by itself.
   *
   * @param standing as it is since
   * @param left what it came back from
   */
  void cameBack(Standing standing, @Nullable Revision left) {
    var told = got;
    if (left != null
        && told != null
        && left.isPushed()
        && left.want() == told.want()
        && told.result() == Result.APPLIED) {
      answer(
          new Got(told.want(), standing.revision(), Result.REVERTED, List.of(standing.because())));
    }
  }

  /** A pushed revision on its way to run, and the city told of it. */
  private record Wanted(Applying applying, Want want, long before) implements Turn {

    @Override
    public void begun(Gateway now) throws CommandException {
      applying.begun(now);
      now.pushing().answer(new Got(want.number(), now.revision(), Result.APPLIED, List.of()));
    }

    @Override
    public void failed(CommandException why, Served now) {
      applying.failed(why, now);
      if (now instanceof Gateway gateway) {
        gateway
            .pushing()
            .answer(
                new Got(
                    want.number(),
                    before,
                    Result.REFUSED,
                    List.of("it cannot begin: %s".formatted(why.getMessage()))));
      }
    }
  }
}
