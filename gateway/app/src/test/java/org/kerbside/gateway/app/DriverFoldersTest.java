package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.config.Mistakes;
import org.kerbside.gateway.app.wiring.Plan;

/** A driver's folder that has a sample is complete: what it shows works, and what it says is so. */
class DriverFoldersTest {

  private static final Path DRIVERS = GatewayProcess.home().resolve("drivers");
  private static final List<String> CHAPTERS =
      List.of("## What it measures", "## Configuration", "## When it does not answer");

  private static final String HEAD =
      """
      schema: 1
      site: { id: S-1, name: sample, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
      uplink: { url: mqtt://127.0.0.1:1883, tenant: t, accept: [ plaintext, anonymous ] }
      """;

  @TempDir private Path folder = Path.of("");

  @TestFactory
  Stream<DynamicTest> eachIsComplete() throws IOException {
    try (var found = Files.list(DRIVERS)) {
      var complete = found.filter(each -> Files.exists(each.resolve("sample.yaml"))).sorted();
      var folders = complete.toList();
      assertThat(folders)
          .extracting(each -> each.getFileName().toString())
          .contains("a02yyuw", "ads1115", "ld2410", "modbus", "sht31", "sht4x", "vl53l1x", "ze03");
      return folders.stream()
          .map(each -> dynamicTest(each.getFileName().toString(), () -> isComplete(each)));
    }
  }

  private void isComplete(Path driver) throws IOException {
    var readme = Files.readString(driver.resolve("README.md"));
    var sample = Files.readString(driver.resolve("sample.yaml"));
    assertThat(readme).contains("```yaml\n" + sample + "```").contains(CHAPTERS);
    var site = folder.resolve("site.yaml");
    Files.writeString(site, HEAD + sample);
    lend(driver.resolve("profiles"));
    var mistakes = new Mistakes();
    var plan = Plan.read(site, List.of(), mistakes);
    assertThat(mistakes.all()).isEmpty();
    assertThat(plan).isNotNull();
    var traces = traces(driver);
    assertThat(traces).as("decoded").anyMatch(line -> line.startsWith("= "));
    assertThat(traces).as("refused").anyMatch(line -> line.startsWith("! "));
  }

  /** Profiles that a site must have of its own: what they want cannot ship. */
  private void lend(Path profiles) throws IOException {
    if (Files.isDirectory(profiles)) {
      var beside = Files.createDirectories(folder.resolve("profiles"));
      try (var files = Files.newDirectoryStream(profiles)) {
        for (var file : files) {
          Files.copy(file, beside.resolve(file.getFileName()));
        }
      }
    }
  }

  private static List<String> traces(Path driver) throws IOException {
    try (var files = Files.newDirectoryStream(driver.resolve("testdata"), "*.trace")) {
      var lines = new ArrayList<String>();
      for (var file : files) {
        lines.addAll(Files.readAllLines(file));
      }
      return lines;
    }
  }
}
