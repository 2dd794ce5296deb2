package org.kerbside.drivers.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.RecordingInlet;
import org.kerbside.drivers.testkit.RecordingInlet.Answer;
import org.kerbside.drivers.testkit.RecordingInlet.Report;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** Files that something leaves in a folder. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FolderTest {

  private static final String TWO_LINES =
      "when,level,lid\n2026-09-21T22:00:00+08:00,87.5,up\n2026-09-21T22:10:00+08:00,90,\n";

  @TempDir private Path folder = Path.of("");
  private final RecordingInlet inlet = new RecordingInlet();
  private CamelField field = field("");

  @BeforeEach
  void open() throws Exception {
    field = field("");
    field.open(inlet);
  }

  @AfterEach
  void close() {
    field.close();
  }

  private CamelField field(String more) {
    return Bench.field(
        "{ driver: camel, from: 'file:%s?delay=50&initialDelay=0&readLock=none%s', address: '{address}.csv' }"
            .formatted(folder, more),
        Bench.devices(Bench.CSV, "B1", "B2"));
  }

  @Test
  void isDoneOnlyOnceAllOfItIsKept() throws Exception {
    inlet.answer(Answer.HOLD);
    drop("B1.csv", TWO_LINES);
    Await.until("a delivery", () -> inlet.size() == 1);
    assertThat(inlet.samples())
        .containsExactly(
            Sample.of("distance", 87.5, Unit.METRE).at(Instant.parse("2026-09-21T14:00:00Z")),
            Sample.of("open", true).at(Instant.parse("2026-09-21T14:00:00Z")),
            Sample.of("distance", 90, Unit.METRE).at(Instant.parse("2026-09-21T14:10:00Z")));
    assertThat(folder.resolve("B1.csv")).exists();
    inlet.keepHeld();
    Await.until("it is done", () -> Files.exists(folder.resolve(".done/B1.csv")));
    assertThat(folder.resolve("B1.csv")).doesNotExist();
  }

  @Test
  void staysWhileTheDiskRefusesAndIsReadAgain() throws Exception {
    inlet.answer(Answer.REFUSE);
    drop("B1.csv", TWO_LINES);
    Await.until("two tries", () -> inlet.size() >= 2);
    assertThat(folder.resolve("B1.csv")).exists();
    inlet.answer(Answer.KEEP);
    Await.until("it is done", () -> Files.exists(folder.resolve(".done/B1.csv")));
    assertThat(inlet.deliveries())
        .extracting(Delivery::key)
        .containsOnly(inlet.deliveries().getFirst().key());
  }

  @Test
  void isPutAsideWhenItSaysNothing() throws Exception {
    drop("B1.csv", "when,level\n");
    drop("B9.csv", TWO_LINES);
    drop("B2.csv", "x".repeat(Taking.MOST_BYTES + 1));
    for (var name : List.of("B1.csv", "B9.csv", "B2.csv")) {
      Await.until(name + " is put aside", () -> Files.exists(folder.resolve(".failed/" + name)));
    }
    assertThat(inlet.size()).isZero();
    assertThat(inlet.reports())
        .extracting(Report::what)
        .containsExactlyInAnyOrder("malformed", "unknown-device", "malformed");
  }

  @Test
  void aLineThatIsNoneCostsItself() throws Exception {
    drop(
        "B1.csv",
        "when,level,lid\n2026-09-21T22:00:00+08:00,87.5\n2026-09-21T22:00:00+08:00,88,up\n");
    Await.until("it is done", () -> Files.exists(folder.resolve(".done/B1.csv")));
    assertThat(inlet.samples()).extracting(Sample::value).contains(new Value.Num(88));
    assertThat(inlet.reports())
        .containsExactly(
            new Report(
                "malformed",
                "B1.csv",
                "line 2: got 2 columns, expected 3 of at most 512 characters"));
  }

  @Test
  void whatWaitsWhenWeStopIsReadAgainLater() throws Exception {
    inlet.answer(Answer.HOLD);
    drop("B1.csv", TWO_LINES);
    Await.until("a delivery", () -> inlet.size() == 1);
    field.close();
    assertThat(folder.resolve("B1.csv")).exists();
    inlet.answer(Answer.KEEP);
    field = field("");
    field.open(inlet);
    Await.until("it is done", () -> Files.exists(folder.resolve(".done/B1.csv")));
  }

  /** As a logger does that knows its trade: under another name, then renamed. */
  private void drop(String name, String content) throws IOException {
    var hidden = folder.resolve("." + name);
    Files.writeString(hidden, content);
    Files.move(hidden, folder.resolve(name));
  }
}
