package org.kerbside.drivers.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.kerbside.drivers.api.LineSettings;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.RecordingInlet;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Value;

/**
 * Talks on the line, replayed: {@code @} the profile and the quantities that are wanted, {@code >}
 * we write, {@code <} comes back, {@code =} a sample, {@code !} one that is refused.
 */
class TracesTest {

  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final int RETRIES = 2;

  @TestFactory
  Stream<DynamicTest> eachGoesAsItIsWritten() throws IOException {
    try (var files = Files.list(Path.of("testdata"))) {
      return files.sorted().toList().stream()
          .map(file -> dynamicTest(file.getFileName().toString(), () -> replay(file)));
    }
  }

  @TestFactory
  Stream<DynamicTest> someAreDecodedAndSomeAreRefused() throws IOException {
    var all = new ArrayList<String>();
    try (var files = Files.list(Path.of("testdata"))) {
      for (var file : files.toList()) {
        all.addAll(Files.readAllLines(file));
      }
    }
    return Stream.of("= ", "! ")
        .map(
            mark ->
                dynamicTest(mark, () -> assertThat(all).anyMatch(line -> line.startsWith(mark))));
  }

  private static void replay(Path file) throws Exception {
    var trace = Files.readAllLines(file);
    var head = List.of(lines(trace, "@ ").getFirst().split(" "));
    var quantities = Set.copyOf(head.subList(1, head.size()));
    var profile = Written.good(Written.shipped(head.getFirst())).only(quantities);
    var line = scripted(trace);
    var inlet = new RecordingInlet();
    var turn = new Turn(new Talk("1", 1, profile), Duration.ofHours(1), RETRIES, 0);
    var rounds = new Rounds(List.of(turn), new Errands(), inlet, line::nanos, PATIENCE);
    var wire = new RtuWire(line, LineSettings.USUAL, line::nanos);
    while (inlet.size() == 0) {
      rounds.turn(wire);
    }
    assertThat(line.written()).isEqualTo(lines(trace, "> "));
    assertThat(inlet.samples().stream().map(TracesTest::told))
        .containsExactlyInAnyOrderElementsOf(
            trace.stream().filter(said -> said.matches("[=!] .*")).toList());
  }

  /** What comes after each writing, 20 ms later and in as many pieces as there are lines. */
  private static ScriptedLine scripted(List<String> trace) {
    var line = new ScriptedLine();
    for (int i = 0; i < trace.size(); i++) {
      if (trace.get(i).startsWith("> ")) {
        var pieces = new ArrayList<String>();
        for (int k = i + 1; k < trace.size() && trace.get(k).startsWith("< "); k++) {
          pieces.add("%d: %s".formatted(20 * (k - i), trace.get(k).substring(2)));
        }
        line.then(pieces.toArray(String[]::new));
      }
    }
    return line;
  }

  private static List<String> lines(List<String> trace, String mark) {
    return trace.stream().filter(line -> line.startsWith(mark)).map(l -> l.substring(2)).toList();
  }

  private static String told(Sample sample) {
    return switch (sample.value()) {
      case null ->
          "! %s %s"
              .formatted(
                  sample.quantity(),
                  sample.quality() instanceof Quality.Bad(var reason) ? reason : "");
      case Value.Num(var number) ->
          "= %s %s %s".formatted(sample.quantity(), number, sample.unit());
      case Value.Flag(var flag) -> "= %s %s".formatted(sample.quantity(), flag);
      case Value.State(var word) -> "= %s %s".formatted(sample.quantity(), word);
    };
  }
}
