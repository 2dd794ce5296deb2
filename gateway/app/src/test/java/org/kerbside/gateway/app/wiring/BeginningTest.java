package org.kerbside.gateway.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.config.Revisions;
import org.kerbside.config.SiteFiles;
import org.kerbside.config.Standing;
import org.kerbside.config.Standing.Probation;
import org.kerbside.config.Standing.Probation.Terms;
import org.kerbside.gateway.cli.Terminal;

/** Which configuration a start runs, whatever happened before. */
class BeginningTest {

  private static final String SITE =
      """
      schema: 1
      demo: true
      site: { id: BEGIN-1, name: begin, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
      uplink: { url: "mqtt://127.0.0.1:1", tenant: bench, accept: [ plaintext, anonymous ] }
      buses: { sim: { driver: simulator } }
      assets: { lamp-1: { kind: lamp, power: 60W, at: sim/lamp-1 } }
      """;

  private static final long SAFE_MODE = 0;

  @TempDir private Path folder = Path.of("");
  private final StringWriter said = new StringWriter();
  private Path data = Path.of("");
  private Path site = Path.of("");

  @BeforeEach
  void writeTheSite() throws Exception {
    data = folder.resolve("data");
    site = Files.writeString(folder.resolve("site.yaml"), SITE);
  }

  @Test
  void runsACopyOfTheFilesAndTheSameOneAsLongAsTheyAreTheSame() throws Exception {
    assertThat(begin()).isEqualTo(1);
    assertThat(begin()).isEqualTo(1);
    assertThat(standing()).isEqualTo(Standing.on(1));
    write("60W", "45W");
    assertThat(begin()).isEqualTo(2);
    assertThat(standing().probation()).satisfies(p -> assertThat(p.terms()).isEqualTo(Terms.RUNS));
  }

  @Test
  void theThirdCrashTakesTheOneBeforeAndTheFilesArePassedOver() throws Exception {
    begin();
    write("60W", "45W");
    assertThat(List.of(begin(), begin(), begin(), begin())).containsExactly(2L, 2L, 2L, 1L);
    assertThat(standing().returned()).isEqualTo(2);
    assertThat(standing().because()).isEqualTo("it crashed 3 times");
    assertThat(begin()).as("not in a chain, and not again").isEqualTo(1);
    write("45W", "30W");
    assertThat(begin()).as("other files are another try").isEqualTo(3);
  }

  @Test
  void aStopInOrderIsNoCrash() throws Exception {
    begin();
    write("60W", "45W");
    for (int start = 0; start < 6; start++) {
      assertThat(begin()).isEqualTo(2);
      beginning().ended();
    }
  }

  @Test
  void aStartPastTheDeadlineTakesTheOneBeforeWhereTheCityWasAsked() throws Exception {
    begin();
    write("127.0.0.1:1", "127.0.0.1:2");
    assertThat(begin()).isEqualTo(2);
    assertThat(standing().probation())
        .satisfies(p -> assertThat(p.terms()).isEqualTo(Terms.REACHES));
    late(Terms.REACHES);
    assertThat(begin()).isEqualTo(1);
  }

  @Test
  void aStartPastTheDeadlineTrustsWhatOnlyHadToRun() throws Exception {
    begin();
    write("60W", "45W");
    begin();
    late(Terms.RUNS);
    assertThat(begin()).isEqualTo(2);
    assertThat(standing()).isEqualTo(Standing.on(2));
  }

  @Test
  void anotherStartOfTheBoardBeginsTheTimeAnew() throws Exception {
    begin();
    write("127.0.0.1:1", "127.0.0.1:2");
    begin();
    var other = new Probation(1, Terms.REACHES, "another boot", 0, 0, new TreeMap<>());
    Revisions.in(data).stand(Standing.on(2).with(other));
    assertThat(begin()).isEqualTo(2);
    assertThat(standing().probation()).satisfies(p -> assertThat(p.until()).isEqualTo(300.0));
  }

  @Test
  void aBadFileNeverMeansThatNothingRuns() throws Exception {
    write("60W", "60");
    assertThat(begin()).as("nothing good ever ran").isEqualTo(SAFE_MODE);
    assertThat(said.toString()).contains("'60' has no unit", "; safe mode: nothing is switched");
    write("60,", "60W,");
    assertThat(begin()).isEqualTo(1);
    write("60W", "60");
    assertThat(begin()).isEqualTo(1);
    assertThat(said.toString())
        .contains(
            "'60' has no unit", "failed: 1 error in %s; revision 1 runs instead".formatted(site));
  }

  @Test
  void aFileThatIsGoneIsABadFile() throws Exception {
    Files.delete(site);
    assertThat(begin()).as("nothing good ever ran").isEqualTo(SAFE_MODE);
    assertThat(said.toString()).contains("there is no file", "; safe mode: nothing is switched");
    Files.writeString(site, SITE);
    assertThat(begin()).isEqualTo(1);
    Files.delete(site);
    assertThat(begin()).isEqualTo(1);
    assertThat(said.toString()).contains("; revision 1 runs instead");
  }

  @Test
  void aCopyThatWasTamperedWithIsNotRun() throws Exception {
    begin();
    var copy = data.resolve("revisions/1/files/site.yaml");
    Files.writeString(copy, SITE.replace("60W", "1W"));
    assertThat(begin()).isEqualTo(2);
  }

  @Test
  void whatTheCityPushedRunsWhateverTheFilesHereSay() throws Exception {
    begin();
    write("60W", "45W");
    var pushed =
        Revisions.in(data)
            .keepPushed(SiteFiles.of(site, List.of(site.toString())), 7, Instant.now());
    Revisions.in(data).stand(Standing.on(pushed.number()));
    write("45W", "30W");
    assertThat(begin()).isEqualTo(2);
    Files.delete(data.resolve("revisions/2/files/site.yaml"));
    assertThat(begin()).as("it is spoilt").isEqualTo(3);
  }

  @Test
  void whereTheOneThatRanIsSpoiltAndTheFilesAreBadAnOlderGoodOneRuns() throws Exception {
    begin();
    write("60W", "45W");
    assertThat(begin()).isEqualTo(2);
    Files.writeString(data.resolve("revisions/2/files/site.yaml"), SITE.replace("60W", "1W"));
    write("45W", "45");
    assertThat(begin()).isEqualTo(1);
    Files.writeString(data.resolve("revisions/1/files/site.yaml"), SITE.replace("60W", "1W"));
    assertThat(begin()).isEqualTo(SAFE_MODE);
  }

  @Test
  void aDiskThatKeepsNothingKeepsNoGatewayFromStarting() throws Exception {
    Files.createDirectories(data);
    Files.writeString(data.resolve("revisions"), "no folder");
    assertThat(begin()).isEqualTo(1);
  }

  @Test
  void tenRevisionsAreKeptAndTheOneThatRuns() throws Exception {
    for (int power = 60; power > 48; power--) {
      write("\\d+W", power + "W");
      begin();
    }
    var kept = Revisions.in(data).all();
    assertThat(kept).hasSize(10).last().satisfies(one -> assertThat(one.number()).isEqualTo(12));
    assertThat(standing().revision()).isEqualTo(12);
  }

  /** The number of the revision that runs. */
  private long begin() {
    return switch (beginning().start(site, List.of(), data)) {
      case Start.Runs(var plan) -> plan.revision();
      case Start.Safe safe -> SAFE_MODE;
    };
  }

  private Beginning beginning() {
    var terminal = new Terminal(new PrintWriter(said), new PrintWriter(said));
    return new Beginning(Revisions.in(data), terminal);
  }

  private Standing standing() throws Exception {
    return Revisions.in(data).standing();
  }

  private void write(String old, String fresh) throws Exception {
    Files.writeString(site, Files.readString(site).replaceAll(old, fresh));
  }

  private void late(Terms terms) throws Exception {
    var over = new Probation(1, terms, Uptime.now().boot(), 0, 0, new TreeMap<>());
    Revisions.in(data).stand(Standing.on(2).with(over));
  }
}
