package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kerbside rules test} as a city types it. */
class RulesTestTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void everyTestOfTheShippedPacksPasses() throws Exception {
    var typed = Typed.of("rules", "test", GatewayProcess.home().resolve("rules/packs").toString());

    assertThat(typed.out()).startsWith("ok: ").doesNotContain("ok: 0 tests");
    assertThat(typed.exit()).isZero();
  }

  @Test
  void aChangedThresholdIsReplayedAgainstRecordedReadings() throws Exception {
    var changed = folder.resolve("changed.yaml");
    Files.writeString(
        changed, "defaults: { bin: { rules: { bin-full: { full: 60%, again: 50% } } } }");
    var recorded = folder.resolve("recorded.csv");
    Files.writeString(
        recorded,
        """
        2026-07-01T06:00:00+08:00,bin-2/fill,0.7
        2026-07-01T08:00:00+08:00,bin-2/fill,0.97
        2026-07-01T10:00:00+08:00,bin-2/fill,0.05
        """);

    var typed =
        Typed.of(
            "replay",
            GatewayProcess.home().resolve("config/sites/demo.yaml").toString(),
            "--rules",
            changed.toString(),
            "--from",
            recorded.toString());

    assertThat(typed.err()).isEmpty();
    assertThat(typed.out())
        .isEqualTo(
            """
            + 06:15 raised bin-2/bin-full warning
            - 08:15 raised bin-2/bin-full warning
            3 readings since 2026-07-01T06:00: 3 lines the same, 1 no longer, 1 new
            """);
  }

  @Test
  void aFolderHoldsRulesFeedAndWhatIsExpected() throws Exception {
    Files.writeString(
        folder.resolve("rules.yaml"),
        """
        rules:
          - { rule: hot, for: cabinet, when: temperature > 40Cel, severity: alarm }
        """);
    Files.writeString(
        folder.resolve("feed.yaml"),
        """
        test: hot at noon
        start: 2026-07-01T12:00+08:00
        feed: { cabinet/temperature: 41Cel }
        """);
    Files.writeString(folder.resolve("expected.txt"), "12:00 raised cabinet/hot warning\n");

    var typed = Typed.of("rules", "test", folder.toString());

    assertThat(typed.out())
        .isEqualTo(
            """
            %s/feed.yaml: hot at noon
              - 12:00 raised cabinet/hot warning
              + 12:00 raised cabinet/hot alarm
            failed: 1 of 1 test
            """
                .formatted(folder));
    assertThat(typed.exit()).isEqualTo(1);
  }
}
