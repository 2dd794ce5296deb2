package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Profiles;
import org.kerbside.config.SiteConfig;
import org.kerbside.config.SiteReader;
import org.kerbside.drivers.simulator.SteppedStreet;
import org.kerbside.drivers.testkit.Campaign;
import org.kerbside.gateway.assets.Kinds;
import org.kerbside.gateway.journal.Journal;
import org.kerbside.gateway.journal.JournalException;
import org.kerbside.gateway.journal.Quota;
import org.kerbside.gateway.journal.RollUps;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Progress;
import org.kerbside.gateway.model.ProgressListener;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.UplinkView;
import org.kerbside.gateway.uplink.JsonWire;
import org.kerbside.rules.RuleBook;

/**
 * A day of the typical site at its default bands and with its flash budget: what it costs the card,
 * as the kernel counts it. Control and the writer are stepped by simulated time; the city
 * acknowledges at once, which makes the most commits tell of it. {@code --n} gives the hours, from
 * midnight on; a build steps through twelve of them.
 */
@Tag("flash")
class FlashDayTest implements ProgressListener {

  private static final Instant MIDNIGHT = Instant.parse("2026-06-30T16:00:00Z"); // in China
  private static final Duration STEP = Duration.ofSeconds(1);
  private static final int LOOK = 5; // s; control and writer have deadlines of their own
  private static final int MINUTE = 60; // s
  private static final double BUDGET = 100e6; // bytes a day

  private static final String COUNT = "\nwrite_bytes: ";

  @TempDir private Path folder;
  private final DayClock clock = new DayClock();
  private final SiteConfig site = site();
  private long frames; // bytes on the card, as the next two
  private long housekeeping;
  private long history;

  @Test
  @Timeout(300)
  void aDayCostsTheCardLessThanItsBudget() throws Exception {
    var campaign = Campaign.of("flash", 12);
    var street = street(campaign.seed());
    try (var journal = journal();
        var rolls = new RollUps(folder, site.journal().history(), clock)) {
      var pipeline = pipeline(journal, street, rolls);
      journal.free(Recent.AGE); // lays the ballast, once in a card's life
      for (int second = 1; second <= campaign.n() * 3600; second++) {
        clock.pass(STEP);
        var said = street.step(clock.now().wall());
        for (var delivery : said) {
          pipeline.doorway("sim").put(delivery);
        }
        if (!said.isEmpty() || second % LOOK == 0) {
          turn(pipeline.steps());
          write(pipeline.steps().writer(), journal);
          acknowledge(journal);
        }
        if (second % MINUTE == 0) {
          history += cost(rolls::settle);
        }
      }
      history += cost(rolls::close);
      housekeeping += cost(journal::close);
      tell(campaign, journal);
    }
  }

  private void turn(Pipeline.Steps steps) throws InterruptedException {
    for (int i = 0; i < 4; i++) { // what the writer hands back makes turns of its own
      steps.control().turn(steps.intake().take(Duration.ZERO));
    }
  }

  private void write(Writer writer, Journal journal) {
    long payload = journal.payload();
    long cost = cost(() -> stepThrough(writer));
    if (journal.payload() == payload) {
      housekeeping += cost;
    } else {
      frames += cost;
    }
  }

  private static void stepThrough(Writer writer) {
    var wait = writer.step();
    while (wait != null && wait.isZero()) {
      wait = writer.step();
    }
  }

  private void tell(Campaign campaign, Journal journal) throws IOException {
    double day = 1e6 * campaign.n() / 24;
    long all = frames + housekeeping + history;
    System.out.printf(
        "campaign flash: %.1f MB a day: frames %.1f, housekeeping %.1f, history %.1f"
            + " (its file has %.1f); %d commits, %d readings%n",
        all / day,
        frames / day,
        housekeeping / day,
        history / day,
        Files.size(folder.resolve("history.db")) / 1e6,
        journal.written().commits(),
        journal.written().readings());
    assertThat(all / day * 1e6).as("%s", campaign).isBetween(1e6, BUDGET);
  }

  private static void acknowledge(Journal journal) {
    for (var stream : Stream.values()) {
      if (journal.waiting(stream) > 0) {
        journal.acknowledge(stream, 1, journal.last(stream));
      }
    }
  }

  private static long cost(Runnable work) {
    long before = written();
    work.run();
    return written() - before;
  }

  /** By the kernel's count, which is of the whole process: nobody else writes meanwhile. */
  private static long written() {
    try {
      var counts = Files.readString(Path.of("/proc/self/io"));
      int begin = counts.indexOf(COUNT) + COUNT.length();
      return Long.parseLong(counts.substring(begin, counts.indexOf('\n', begin)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Journal journal() throws JournalException {
    var wire = new JsonWire(site.site().id(), "boot0000", site.uplink().compress());
    return Journal.open(folder, site.site().id(), wire, new Quota(512_000_000, Set.of()), clock);
  }

  private Pipeline pipeline(Journal journal, SteppedStreet street, RollUps rolls) {
    var around =
        new Pipeline.Around(
            journal,
            Map.of("sim", street),
            Set.of(),
            () -> new UplinkView(UplinkView.State.CONNECTED, 0, 0, MIDNIGHT, null),
            this,
            readings -> {},
            batch -> rolls.hear(batch.readings()),
            clock);
    return new Pipeline(site, RuleBook.read(site, new Mistakes()), around);
  }

  private SteppedStreet street(long seed) {
    var devices = site.devices().stream().filter(device -> device.bus().equals("sim")).toList();
    return new SteppedStreet(seed, STEP, site.site(), devices);
  }

  private static SiteConfig site() {
    var mistakes = new Mistakes();
    var reader = new SiteReader(Kinds.TABLE, Profiles.shipped(), Set.of("simulator", "coap"));
    var file = GatewayProcess.home().resolve("config/sites/demo.yaml");
    var site = reader.read(file, List.of(), mistakes);
    if (site == null) {
      throw new AssertionError(mistakes.all().toString());
    }
    return site;
  }

  @Override
  public void progress(String command, Progress progress) {}

  @Override
  public void ended(Event.Result result) {}

  /** A site's clock that goes on by hand. */
  private static final class DayClock implements Clock {

    private Moment now = new Moment(MIDNIGHT, ClockQuality.SYNC, Duration.ZERO);

    @Override
    public Moment now() {
      return now;
    }

    @Override
    public long nanos() {
      return now.sinceBoot().toNanos();
    }

    @Override
    public Duration real(Duration site) {
      return site;
    }

    void pass(Duration time) {
      now = now.plus(time);
    }
  }
}
