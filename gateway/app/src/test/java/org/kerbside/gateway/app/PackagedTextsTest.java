package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.gateway.app.wiring.Here;

/** What the package has of the commands is what they say of themselves. */
class PackagedTextsTest {

  /** Whether they are to be written, and not to be looked at. */
  private static final String WRITES = "kerbside.write";

  @ParameterizedTest
  @CsvSource({
    "man, usr/share/man/man1/kerbside.1",
    "completion, usr/share/bash-completion/completions/kerbside"
  })
  void thePackageHasWhatTheCommandsSay(String command, String path) throws Exception {
    var packed = GatewayProcess.home().resolve("deploy/package/root").resolve(path);
    var said = Here.typed(command).out();
    if (Boolean.getBoolean(WRITES)) {
      Files.writeString(packed, said);
    }
    assertThat(Files.readString(packed))
        .as("%s: -D%s=true writes it anew", packed, WRITES)
        .isEqualTo(said);
  }
}
