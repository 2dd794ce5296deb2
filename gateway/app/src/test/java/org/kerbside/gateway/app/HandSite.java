package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Profiles;
import org.kerbside.config.SiteConfig;
import org.kerbside.config.SiteReader;
import org.kerbside.drivers.api.Outputs;
import org.kerbside.gateway.assets.Kinds;
import org.kerbside.gateway.journal.Journal;
import org.kerbside.gateway.journal.JournalException;
import org.kerbside.gateway.journal.Quota;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.ProgressListener;
import org.kerbside.gateway.model.UplinkView;
import org.kerbside.gateway.uplink.JsonWire;
import org.kerbside.rules.RuleBook;

/** A site whose bus is moved by hand: what its file says, its journal, its pipeline. */
final class HandSite {

  private static final String ID = "TEST-1";

  private static final String HEAD =
      """
      schema: 1
      site: { id: TEST-1, name: test, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
      uplink: { url: mqtt://127.0.0.1:1884, tenant: test, spread: 0s, accept: [plaintext, anonymous] }
      buses: { hand: { driver: hand } }
      """;

  private HandSite() {}

  static JsonWire wire() {
    return new JsonWire(ID, "boot0000", null);
  }

  static Journal journal(Path data, Clock clock) throws JournalException {
    return Journal.open(data, ID, wire(), new Quota(512_000_000, Set.of()), clock);
  }

  /**
   * The site without mistakes.
   *
   * @param rest of its file: assets and rules
   */
  static SiteConfig read(Path folder, String rest) throws IOException {
    var mistakes = new Mistakes();
    var file = Files.writeString(folder.resolve("site.yaml"), HEAD + rest);
    var site =
        new SiteReader(Kinds.TABLE, Profiles.shipped(), Set.of("hand"))
            .read(file, List.of(), mistakes);
    assertThat(mistakes.all()).isEmpty();
    if (site == null) {
      throw new AssertionError("no site");
    }
    return site;
  }

  /**
   * The pipeline of {@link #read}, not started.
   *
   * @param outputs of the bus {@code hand}
   */
  static Pipeline pipeline(
      SiteConfig site, Journal journal, Outputs outputs, ProgressListener progress, Clock clock) {
    return pipeline(site, journal, outputs, Set.of(), progress, clock);
  }

  /**
   * As the other.
   *
   * @param goingOn {@code hand}, where it is open since a gateway before
   */
  static Pipeline pipeline(
      SiteConfig site,
      Journal journal,
      Outputs outputs,
      Set<String> goingOn,
      ProgressListener progress,
      Clock clock) {
    var mistakes = new Mistakes();
    var rules = RuleBook.read(site, mistakes);
    assertThat(mistakes.all()).isEmpty();
    return new Pipeline(
        site,
        rules,
        new Pipeline.Around(
            journal,
            Map.of("hand", outputs),
            goingOn,
            () -> new UplinkView(UplinkView.State.DOWN, 0, 0, Instant.EPOCH, null),
            progress,
            batch -> {},
            clock));
  }
}
