package org.kerbside.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.kerbside.config.Diagnostics.Strictness;

/** Each folder of {@code testdata} is a site and what {@code check} says of it. */
class MistakesGoldenTest {

  private static final Path FOLDERS = Path.of("testdata");
  private static final Path SOURCES = Path.of("src/main/java/org/kerbside/config");

  @TestFactory
  Stream<DynamicTest> saysWhatIsWrongAndHowToMendIt() throws IOException {
    return folders().stream()
        .map(folder -> dynamicTest(folder.getFileName().toString(), () -> check(folder)));
  }

  @Test
  void everyCodeThatCanBeToldHasItsFolder() throws IOException {
    var told = new TreeSet<String>();
    for (var folder : folders()) {
      told.addAll(
          codes(Files.readString(folder.resolve("expected.err")), "(?:error|warning) (\\w+):"));
    }
    var known = new TreeSet<String>();
    try (var sources = Files.list(SOURCES)) {
      for (var source : sources.toList()) {
        known.addAll(codes(Files.readString(source), "\"([EW]\\d{3})\""));
      }
    }
    assertThat(told).isEqualTo(known);
  }

  private static void check(Path folder) throws IOException {
    var settings = folder.resolve("settings");
    var mistakes = new Mistakes();
    var overlay = Overlay.read(folder.resolve(Overlay.FILE), mistakes);
    var config =
        Sites.READER
            .over(overlay)
            .read(
                folder.resolve("site.yaml"),
                Files.exists(settings) ? Files.readAllLines(settings) : List.of(),
                mistakes);
    var diagnostics = new Diagnostics(mistakes);
    int rules = config == null ? 0 : config.rules().size();
    var said =
        (diagnostics.text()
                + diagnostics.closing(config, rules)
                + "  [%d]\n".formatted(diagnostics.exitCode(Strictness.STRICT)))
            .replace(folder + "/", "");
    var golden = folder.resolve("expected.err");
    if (!Files.exists(golden)) {
      Files.writeString(golden, said);
      fail("%s did not exist: it has been written, read it", golden);
    }
    assertThat(said).isEqualTo(Files.readString(golden));
    assertThat(config == null).isEqualTo(mistakes.hasErrors());
  }

  private static List<Path> folders() throws IOException {
    try (var folders = Files.list(FOLDERS)) {
      return folders.sorted().toList();
    }
  }

  private static List<String> codes(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1)).toList();
  }
}
