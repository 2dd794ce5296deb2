package org.kerbside.drivers.lorawan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.kerbside.config.Mistakes;

/**
 * A device is a folder: its README shows the sample word for word, the sample loads, and its traces
 * decode and refuse as they say. {@code < 85: 01 75 5c} is a telegram and its fPort, {@code =} a
 * sample, {@code !} what is told.
 */
class DeviceFoldersTest {

  private static final Path DEVICES = Path.of("devices");

  @Test
  void everyProfileHasItsFolder() throws IOException {
    assertThat(folders().map(folder -> folder.getFileName().toString()))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(Sites.models());
  }

  @TestFactory
  Stream<DynamicTest> eachIsComplete() throws IOException {
    return folders()
        .map(folder -> dynamicTest(folder.getFileName().toString(), () -> isComplete(folder)));
  }

  @TestFactory
  Stream<DynamicTest> eachTraceReplays() throws IOException {
    return traces().map(trace -> dynamicTest(DEVICES.relativize(trace) + "", () -> replay(trace)));
  }

  private static void isComplete(Path folder) throws IOException {
    String readme = Files.readString(folder.resolve("README.md"));
    String sample = Files.readString(folder.resolve("sample.yaml"));
    assertThat(readme)
        .contains("```yaml\n" + sample + "```")
        .contains("## What it measures", "## When it does not answer");
    var mistakes = new Mistakes();
    var site = Sites.read(folder.resolve("sample.yaml"), mistakes);
    new LorawanBus("lora", null, Duration.ofHours(6)).check(site.devices(), mistakes);
    assertThat(mistakes.all()).isEmpty();
    assertThat(site.devices())
        .anySatisfy(
            device ->
                assertThat(device.profile())
                    .isNotNull()
                    .extracting(profile -> profile.name().text())
                    .isEqualTo(folder.getFileName().toString()));
    String traces = String.join("\n", lines(folder));
    assertThat(traces).as("one that it decodes").containsPattern("(?m)^= ");
    assertThat(traces).as("one that it refuses").containsPattern("(?m)^! ");
  }

  private static List<String> lines(Path folder) throws IOException {
    var lines = new ArrayList<String>();
    try (var traces = Files.list(folder.resolve("testdata"))) {
      for (var trace : traces.toList()) {
        lines.addAll(Files.readAllLines(trace));
      }
    }
    return lines;
  }

  private static void replay(Path trace) throws IOException {
    var profile = Sites.shipped(DEVICES.relativize(trace).getName(0).toString());
    var expected = new ArrayList<String>();
    var said = new ArrayList<String>();
    for (var line : Files.readAllLines(trace)) {
      if (line.startsWith("<")) {
        int colon = line.indexOf(':');
        int port = Integer.parseInt(line.substring(1, colon).strip());
        byte[] telegram = HexFormat.of().parseHex(line.substring(colon + 1).replace(" ", ""));
        expected.add(line);
        said.add(line);
        said.addAll(Shown.lines(profile, port, telegram));
      } else if (!line.startsWith("#") && !line.isBlank()) {
        expected.add(line);
      }
    }
    assertThat(said).isEqualTo(expected);
  }

  private static Stream<Path> folders() throws IOException {
    try (var folders = Files.list(DEVICES)) {
      return folders.sorted().toList().stream();
    }
  }

  private static Stream<Path> traces() throws IOException {
    try (var files = Files.walk(DEVICES)) {
      return files.filter(file -> file.toString().endsWith(".trace")).sorted().toList().stream();
    }
  }
}
