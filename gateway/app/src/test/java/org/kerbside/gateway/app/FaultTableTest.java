package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.simulator.SteppedStreet;
import org.kerbside.gateway.app.DryStreet.Keeps;

/**
 * Each fault of the simulated street gives its own conclusion and no other alarm: the table of
 * {@code rules/README.md}, which stands there as this test makes it.
 */
class FaultTableTest {

  private static final Path README = GatewayProcess.home().resolve("rules/README.md");
  private static final Duration BEFORE = Duration.ofHours(2);
  private static final int MARKS = 3; // shown of a row

  /**
   * Word, asset, when it begins, for how many minutes, how many hours are looked at, the alarms
   * that are right ({@code -} for none), and a mark that must be seen, where one is.
   */
  private static final String ROWS =
      """
      stuck | bin-1 | 06-15T10:00 | 2400 | 41 | bin-1/bin-sensor-doubt | bin-1/fill stuck
      spike | bin-2 | 06-15T21:00 | 60 | 2 | - | bin-2/fill rate
      silent | zone-1 | 06-15T10:00 | 300 | 7 | zone-1/device-silent | zone-1/moisture silent
      drift | bin-1 | 06-15T06:30 | 720 | 12 | - |
      bad-bytes | feeder-1 | 06-15T21:00 | 60 | 2 | - | feeder-1/power bad checksum
      clock-ahead | bin-1 | 06-15T10:00 | 60 | 2 | - | bin-1/distance source time
      clock-behind | bin-1 | 06-15T10:00 | 60 | 2 | - |
      meter-reset | lamp-3 | 06-15T21:00 | 60 | 2 | - | counter-reset
      meter-swap | lamp-3 | 06-15T21:00 | 60 | 2 | - | lamp-3/energy
      blind-zone | bin-1 | 06-15T08:00 | 120 | 3 | - | bin-1/fill blind zone
      dew | bin-1 | 06-15T08:00 | 120 | 3 | bin-1/bin-sensor-doubt | bin-1/fill condensation
      bin-overflow | bin-1 | 06-15T08:00 | 180 | 3 | bin-1/bin-full, bin-1/bin-overflow |
      bin-fire | bin-1 | 06-15T08:00 | 60 | 3 | bin-1/bin-burning |
      moved | bin-1 | 06-15T08:00 | 120 | 3 | bin-1/bin-moved |
      emptied | bin-1 | 06-15T22:30 | 60 | 3 | - |
      lid-open | bin-1 | 06-15T08:00 | 60 | 2 | bin-1/bin-lid-open |
      lamp-failure | lamp-3 | 06-15T21:30 | 120 | 3 | lamp-3/lamp-out |
      day-burner | lamp-3 | 06-15T11:00 | 120 | 3 | lamp-3/lamp-day-burner |
      cycling | lamp-3 | 06-15T21:30 | 120 | 3 | lamp-3/lamp-cycling |
      feeder-trip | feeder-1 | 06-15T21:30 | 60 | 2 | feeder-1/feeder-lost |
      phase-lost | feeder-1 | 06-15T21:30 | 60 | 2 | feeder-1/feeder-phase-lost |
      leakage | feeder-1 | 06-15T21:30 | 60 | 2 | feeder-1/feeder-leakage |
      burst-pipe | master-1 | 06-15T02:35 | 60 | 2 | master-1/water-burst |
      leak | master-1 | 06-15T04:30 | 4320 | 73 | master-1/water-leak |
      leak | wc-1 | 06-15T02:00 | 60 | 2 | wc-1/toilet-water-running |
      valve-stuck | zone-1 | 06-15T02:35 | 90 | 3 | zone-1/zone-stuck-open |
      long-occupancy | f1 | 06-15T02:00 | 60 | 2 | f1/stall-overstay |
      sos | f1 | 06-15T02:00 | 60 | 2 | f1/stall-sos |
      flapping | f1 | 06-15T02:00 | 60 | 2 | f1/stall-sensor-doubt | f1/occupied flapping
      odour | air-1 | 06-15T02:00 | 60 | 2 | air-1/toilet-odour |
      freezing-night | sky | 12-15T02:00 | 180 | 5 | wc-1/toilet-frost, zone-1/frost-lock, zone-2/frost-lock | zone-1/moisture frozen soil
      dust-storm | sky | 06-15T12:00 | 120 | 3 | - | feeder-1/lux weather
      power-cut | cabinet | 06-15T21:30 | 60 | 2 | cabinet/mains-lost |
      door-open | cabinet | 06-15T12:00 | 60 | 2 | cabinet/cabinet-open |
      """;

  private record Row(
      String fault, String asset, String at, int lasts, int watched, String alarms, String mark) {

    static Row of(String line) {
      var cells = line.strip().split("\\s*\\|\\s*", -1);
      return new Row(
          cells[0],
          cells[1],
          cells[2],
          Integer.parseInt(cells[3]),
          Integer.parseInt(cells[4]),
          cells[5],
          cells.length > 6 ? cells[6] : "");
    }

    /** What is right of it as far as a rule for it ships. */
    String shipped(Set<String> rules) {
      var named =
          List.of(alarms.split(", ", -1)).stream()
              .filter(alarm -> rules.contains(alarm.substring(alarm.indexOf('/') + 1)))
              .toList();
      return named.isEmpty() ? "-" : String.join(", ", named);
    }

    String begin() {
      return LocalDateTime.parse("2026-" + at).minus(BEFORE).toString();
    }
  }

  /** The same time without a fault. */
  private final Map<String, DryStreet> healthy = new HashMap<>();

  private DryStreet healthy(Row row) {
    return healthy.computeIfAbsent(
        row.begin() + " " + row.watched(),
        key ->
            new DryStreet(row.begin(), Keeps.READINGS_TOO).pass(BEFORE.plusHours(row.watched())));
  }

  @Test
  void eachFaultHasItsConclusionAndNoOther() throws IOException {
    var table = new ArrayList<String>();
    table.add("| fault | at | right | alarms seen | marks seen |");
    table.add("|---|---|---|---|---|");
    var wrong = new ArrayList<String>();
    for (var line : ROWS.lines().toList()) {
      var row = Row.of(line);
      var seen = seen(row);
      table.add(seen);
      check(row, seen, healthy(row).rules(), wrong);
    }
    var shown = String.join("\n", table);
    assertThat(wrong).as(shown).isEmpty();
    var readme = Files.readString(README);
    for (var line : ROWS.lines().toList()) {
      var row = Row.of(line);
      assertThat(readme)
          .as("rules/README.md, Faults:%n%s", shown)
          .contains("| %s | %s | %s |".formatted(row.fault(), row.asset(), row.alarms()));
    }
  }

  @Test
  void noFaultIsLeftOut() {
    var words = ROWS.lines().map(line -> Row.of(line).fault()).distinct().toList();
    assertThat(words).containsAll(SteppedStreet.faults());
  }

  private static void check(Row row, String seen, Set<String> shipped, List<String> wrong) {
    var cells = seen.split(" \\| ", -1);
    var right = row.shipped(shipped);
    if (!cells[3].equals(right)) {
      wrong.add("%s: alarms %s, right were %s".formatted(row.fault(), cells[3], right));
    }
    if (!row.mark().isEmpty() && !seen.contains(row.mark())) {
      wrong.add("%s: not marked '%s': %s".formatted(row.fault(), row.mark(), seen));
    }
  }

  private String seen(Row row) {
    var base = healthy(row);
    var street = new DryStreet(row.begin(), Keeps.READINGS_TOO).pass(BEFORE);
    street.strike(row.asset(), row.fault(), Duration.ofMinutes(row.lasts()));
    street.pass(Duration.ofHours(row.watched()));
    var alarms = new TreeMap<>(street.raised());
    base.raised().forEach((name, times) -> alarms.merge(name, -times, Integer::sum));
    alarms.values().removeIf(times -> times <= 0);
    var marks = new TreeSet<>(street.marks());
    marks.removeAll(base.marks());
    var most = marks.stream().limit(MARKS).toList();
    return "| %s | %s | %s | %s | %s |"
        .formatted(
            row.fault(),
            row.asset(),
            row.alarms(),
            alarms.isEmpty() ? "-" : String.join(", ", told(alarms)),
            most.isEmpty()
                ? "-"
                : String.join(", ", most)
                    + (marks.size() > MARKS ? ", %d more".formatted(marks.size() - MARKS) : ""));
  }

  private static List<String> told(Map<String, Integer> alarms) {
    return alarms.entrySet().stream()
        .map(alarm -> alarm.getKey() + (alarm.getValue() > 1 ? " ×" + alarm.getValue() : ""))
        .toList();
  }
}
