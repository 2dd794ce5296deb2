package org.kerbside.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file says, it is a site or has mistakes; the reader itself never fails. */
class SiteReaderMutationTest {

  private static final List<String> PIECES =
      List.of(
          "",
          " ",
          "\n",
          "  ",
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"",
          "'",
          "#",
          "|",
          "&a",
          "*a",
          "!b",
          "!secret x",
          "$n",
          "..",
          "1..8",
          "0",
          "-1",
          "\0",
          "\\0",
          "/",
          "垃",
          "kind: ",
          "at: ",
          "~",
          "<<",
          "?",
          "- ",
          "points: { p: { unit: \"/\" } }",
          "rules: off",
          "band: 1",
          "heartbeat: []");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"testdata/whole-site/site.yaml", "sites/demo.yaml", "sites/mqtt-field.yaml"})
  void survivesAnyFile(Path origin) throws IOException {
    var content = Files.readString(origin);
    var file = folder.resolve("site.yaml");
    for (int seed = 0; seed < 400; seed++) {
      var mutant = mutated(content, new Random(seed));
      Files.writeString(file, mutant);
      var mistakes = new Mistakes();
      var config = Sites.READER.read(file, List.of(), mistakes);
      assertThat(config == null).as("seed %d:\n%s", seed, mutant).isEqualTo(mistakes.hasErrors());
      assertThat(new Diagnostics(mistakes).text().isEmpty()).isEqualTo(mistakes.all().isEmpty());
    }
  }

  private static String mutated(String content, Random random) {
    var mutant = new StringBuilder(content);
    for (int i = 0; i <= random.nextInt(4); i++) {
      int from = random.nextInt(mutant.length());
      int to = Math.min(mutant.length(), from + random.nextInt(12));
      mutant.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
    }
    return mutant.toString();
  }
}
