package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.gateway.app.wiring.Here;

/** What the package has of the commands is what they say of themselves. */
class PackagedTextsTest {

  @ParameterizedTest
  @CsvSource({
    "man, usr/share/man/man1/kerbside.1",
    "completion, usr/share/bash-completion/completions/kerbside"
  })
  void thePackageHasWhatTheCommandsSay(String command, String path) throws Exception {
    var packed = GatewayProcess.home().resolve("deploy/package/root").resolve(path);
    var said = Here.typed(command).out();
    if (!Files.exists(packed)) {
      Files.writeString(packed, said);
      fail("%s did not exist: it has been written, read it".formatted(packed));
    }
    assertThat(Files.readString(packed))
        .as("delete %s, and this test writes it anew", packed)
        .isEqualTo(said);
  }
}
