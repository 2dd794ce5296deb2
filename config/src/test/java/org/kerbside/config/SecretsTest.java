package org.kerbside.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void whatSystemdHandsOverGoesBeforeTheFolder() throws Exception {
    var given = Files.writeString(folder.resolve("secret_mqtt"), "s3cret");

    assertThat(Secrets.file(Path.of("secrets"), "mqtt", folder.toString())).isEqualTo(given);
  }

  @Test
  void whatItDoesNotHandOverIsSoughtInTheFolder() {
    assertThat(Secrets.file(Path.of("secrets"), "mqtt", folder.toString()))
        .isEqualTo(Path.of("secrets/mqtt"));
    assertThat(Secrets.file(Path.of("secrets"), "mqtt", null)).isEqualTo(Path.of("secrets/mqtt"));
  }

  @Test
  void isReadWithoutItsLinesEnd() throws Exception {
    Files.writeString(folder.resolve("mqtt"), "s3cret\n");

    assertThat(Secrets.reveal(folder, "mqtt")).isEqualTo("s3cret");
    assertThat(Secrets.reveal(folder, "../mqtt")).isNull();
    assertThat(Secrets.reveal(folder, "none")).isNull();
  }
}
