package org.kerbside.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ProfilesTest {

  /** A profile that the index does not name ships and is never found. */
  @Test
  void indexesEveryProfileThatShips() throws IOException {
    try (var files = Files.newDirectoryStream(Path.of("profiles"), "*.yaml")) {
      assertThat(files)
          .extracting(file -> file.getFileName().toString().replace(".yaml", ""))
          .containsExactlyInAnyOrderElementsOf(Profiles.shipped().names());
    }
  }

  @Test
  void readsEveryProfileThatShips() {
    var profiles = Profiles.shipped();
    var mistakes = new Mistakes();
    for (var name : profiles.names()) {
      assertThat(profiles.find(Sites.word(name), mistakes)).isNotNull();
    }
    assertThat(mistakes.all()).isEmpty();
  }

  @Test
  void leavesTheRestOfAProfileToItsDriver() {
    var profile = Profiles.shipped().find(Sites.word("json-vt"), new Mistakes());
    var own = Objects.requireNonNull(profile).own();
    assertThat(own.text("topic")).hasToString("field/{address}/{point}");
    assertThat(own.section("test")).isNotNull();
  }
}
