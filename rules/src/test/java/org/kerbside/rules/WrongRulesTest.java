package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.kerbside.config.Mistake;

/**
 * Each file of {@code testdata/wrong} is a mistake that somebody will make, and what he is told.
 */
class WrongRulesTest {

  private static final Path FOLDER = Path.of("testdata/wrong");

  @TestFactory
  Stream<DynamicTest> saysWhatIsWrongAndHowToMendIt() throws IOException {
    return files().stream()
        .map(file -> dynamicTest(file.getFileName().toString(), () -> check(file)));
  }

  /** What one file is told, it is told among all the others too. */
  @Test
  void allMistakesOfAllFilesAreToldInOneRun() throws IOException {
    var street = Street.whole();
    for (var file : files()) {
      street.file(file.getFileName().toString(), Files.readString(file));
    }
    street.book();
    var told = street.mistakes.all().stream().map(Mistake::toString).toList();
    for (var file : files()) {
      assertThat(told).containsAll(told(file).stream().map(Mistake::toString).toList());
    }
  }

  @Test
  void thereAreFiftyOfThem() throws IOException {
    assertThat(files()).hasSizeGreaterThanOrEqualTo(50);
  }

  private static void check(Path file) throws IOException {
    var mistakes = told(file);
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

  private static List<Mistake> told(Path file) throws IOException {
    var street = Street.whole().file(file.getFileName().toString(), Files.readString(file));
    street.book();
    return street.mistakes.all();
  }

  private static List<Path> files() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
