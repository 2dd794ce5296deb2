package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.kerbside.config.Mistake;

/**
 * Each file of {@code testdata/wrong} is a mistake that somebody will make, and what he is told:
 * all files are read as one site, and every mistake of all of them is told in one run.
 */
class WrongRulesTest {

  private static final Path FOLDER = Path.of("testdata/wrong");

  @TestFactory
  Stream<DynamicTest> saysWhatIsWrongAndHowToMendIt() throws IOException {
    var told = told();
    return files().stream()
        .map(
            file -> {
              var name = file.getFileName().toString();
              return dynamicTest(name, () -> check(file, told.getOrDefault(name, List.of())));
            });
  }

  /** Nothing is told of what is right: neither of the rules that ship, nor of other files. */
  @Test
  void nothingElseIsTold() throws IOException {
    assertThat(told().keySet())
        .containsExactlyInAnyOrderElementsOf(
            files().stream().map(file -> file.getFileName().toString()).toList());
  }

  @Test
  void thereAreFiftyOfThem() throws IOException {
    assertThat(files()).hasSizeGreaterThanOrEqualTo(50);
  }

  private static void check(Path file, List<Mistake> mistakes) throws IOException {
    var said = new StringBuilder();
    mistakes.forEach(mistake -> said.append(mistake).append('\n'));
    assertThat(mistakes).isNotEmpty().allSatisfy(WrongRulesTest::hasPlaceAndRemedy);
    var golden = Path.of(file.toString().replace(".yaml", ".err"));
    if (!Files.exists(golden)) {
      Files.writeString(golden, said);
      fail("%s did not exist: it has been written, read it", golden);
    }
    assertThat(said.toString()).isEqualTo(Files.readString(golden));
  }

  private static void hasPlaceAndRemedy(Mistake mistake) {
    assertThat(mistake.code()).startsWith("E");
    assertThat(mistake.help()).isNotBlank();
    assertThat(mistake.mark().line()).isPositive();
  }

  /** What is told of all files, by file. */
  private static Map<String, List<Mistake>> told() throws IOException {
    var street = Street.whole();
    for (var file : files()) {
      street.file(file.getFileName().toString(), Files.readString(file));
    }
    street.book();
    return street.mistakes.all().stream()
        .collect(Collectors.groupingBy(mistake -> mistake.mark().file()));
  }

  private static List<Path> files() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
