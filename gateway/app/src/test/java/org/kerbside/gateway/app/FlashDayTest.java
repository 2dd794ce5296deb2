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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Profiles;
import org.kerbside.config.SiteConfig;
import org.kerbside.config.SiteReader;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.Receipt;
import org.kerbside.drivers.simulator.StreetBus;
import org.kerbside.drivers.simulator.StreetByHand;
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
 * A day of the typical site at its default bands: what it costs the card, as the kernel counts it.
 * The worst case: without a flash budget, so that nothing waits for company, and with a city that
 * acknowledges at once. {@code --n} gives the hours.
 */
@Tag("flash")
class FlashDayTest implements ProgressListener {

  private static final Instant MIDNIGHT = Instant.parse("2026-06-30T16:00:00Z"); // in China
  private static final long BUDGET = 100_000_000; // bytes a day
  private static final Duration KEEP = Duration.ofMinutes(10);
  private static final int MINUTE = 60; // s

  @TempDir private Path folder;
  private final DayClock clock = new DayClock();
  private final SiteConfig site = site();
  private long history; // bytes, as the next two
  private long housekeeping;
  private long cursors;

  @Test
  @Timeout(300)
  void aDayCostsTheCardLessThanItsBudget() throws Exception {
    var campaign = Campaign.of("flash", 24);
    var street = street(campaign.seed());
    var journal = journal();
    var rolls = new RollUps(folder, site.journal().history(), clock);
    var pipeline = pipeline(journal, street, rolls);
    pipeline.start();
    journal.free(KEEP); // lays the ballast, once in a card's life
    long before = written();
    for (int second = 0; second < campaign.n() * 3600; second++) {
      clock.pass(Duration.ofSeconds(1));
      var said = street.step(clock.now().wall());
      if (!said.isEmpty() || second % 10 == 0) { // or control's own deadlines are due
        carry(pipeline.doorway("sim"), said);
        acknowledge(journal);
        cursors += cost(journal::persistCursors);
      }
      if (second % MINUTE == 0) {
        housekeeping += cost(() -> journal.free(KEEP));
        history += cost(rolls::settle);
      }
    }
    pipeline.stop();
    housekeeping += cost(journal::close);
    history += cost(rolls::close);
    tell(campaign, written() - before, journal);
  }

  private void tell(Campaign campaign, long all, Journal journal) throws IOException {
    double day = 1e6 * campaign.n() / 24;
    System.out.printf(
        "campaign flash: %.1f MB a day: frames %.1f, cursors %.1f, housekeeping %.1f, history %.1f"
            + " (its file has %.1f); %d commits, %d readings%n",
        all / day,
        (all - cursors - housekeeping - history) / day,
        cursors / day,
        housekeeping / day,
        history / day,
        Files.size(folder.resolve("history.db")) / 1e6,
        journal.written().commits(),
        journal.written().readings());
    assertThat(all / day * 1e6).as("%s", campaign).isBetween(1e6, (double) BUDGET);
  }

  /** One turn of control, whose batch has been committed when this returns. */
  private static void carry(Inlet door, List<Delivery> said) throws InterruptedException {
    var kept = new CountDownLatch(Math.max(1, said.size()));
    if (said.isEmpty()) {
      door.put(told(Delivery.of("wc-1", List.of()), kept));
    }
    for (var delivery : said) {
      door.put(told(delivery, kept));
    }
    if (!kept.await(30, TimeUnit.SECONDS)) {
      throw new AssertionError("not committed within 30 s: " + said);
    }
  }

  private static Delivery told(Delivery delivery, CountDownLatch kept) {
    return new Delivery(
        delivery.device(),
        delivery.samples(),
        delivery.problems(),
        new Hearing(kept),
        delivery.sending(),
        null);
  }

  private record Hearing(CountDownLatch heard) implements Receipt {

    @Override
    public void kept() {
      heard.countDown();
    }

    @Override
    public void refused(String reason) {
      throw new AssertionError(reason);
    }
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
    try (var lines = Files.lines(Path.of("/proc/self/io"))) {
      return lines
          .filter(line -> line.startsWith("write_bytes: "))
          .mapToLong(line -> Long.parseLong(line.substring("write_bytes: ".length())))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Journal journal() throws JournalException {
    var wire = new JsonWire(site.site().id(), "boot0000", null);
    return Journal.open(folder, site.site().id(), wire, new Quota(512_000_000, Set.of()), clock);
  }

  private Pipeline pipeline(Journal journal, StreetByHand street, RollUps rolls) {
    var mistakes = new Mistakes();
    var around =
        new Pipeline.Around(
            journal,
            Map.of("sim", street),
            () -> new UplinkView(UplinkView.State.CONNECTED, 0, 0, MIDNIGHT, null),
            this,
            batch -> rolls.hear(batch.readings()),
            clock);
    return new Pipeline(site, RuleBook.read(site, mistakes), around);
  }

  private StreetByHand street(long seed) {
    var mistakes = new Mistakes();
    var sim =
        site.buses().stream()
            .filter(bus -> bus.name().text().equals("sim"))
            .findFirst()
            .orElseThrow();
    var faults = StreetBus.read(sim, mistakes).faults();
    var bus = new StreetBus(seed, Duration.ofSeconds(1), faults);
    var devices = site.devices().stream().filter(device -> device.bus().equals("sim")).toList();
    return new StreetByHand(bus, site.site(), devices);
  }

  private static SiteConfig site() {
    var mistakes = new Mistakes();
    var reader = new SiteReader(Kinds.TABLE, Profiles.shipped(), Set.of("simulator", "coap"));
    var file = GatewayProcess.home().resolve("config/sites/demo.yaml");
    var site = reader.read(file, List.of("journal.flash=none"), mistakes);
    if (site == null) {
      throw new AssertionError(mistakes.all().toString());
    }
    return site;
  }

  @Override
  public void progress(String command, Progress progress) {}

  @Override
  public void ended(Event.Result result) {}

  /** A site's clock that goes on by hand; control waits a moment for what it would wait for. */
  private static final class DayClock implements Clock {

    private volatile Moment now = new Moment(MIDNIGHT, ClockQuality.SYNC, Duration.ZERO);

    @Override
    public Moment now() {
      return now;
    }

    @Override
    public Duration real(Duration site) {
      return Duration.ofSeconds(1); // Each turn is set off by hand.
    }

    void pass(Duration time) {
      now = now.plus(time);
    }
  }
}
