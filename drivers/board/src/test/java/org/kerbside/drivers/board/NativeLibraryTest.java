package org.kerbside.drivers.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is native lies where only we write, for every machine that a gateway may be. */
class NativeLibraryTest {

  private static final List<String> PROPERTIES =
      List.of("jSerialComm.library.path", "pi4j.library.path");

  @TempDir private Path folder = Path.of("");

  private final Map<String, @Nullable String> before = new HashMap<>();

  @BeforeEach
  void forget() {
    PROPERTIES.forEach(name -> before.put(name, System.clearProperty(name)));
  }

  @AfterEach
  void remember() {
    for (var name : PROPERTIES) {
      var value = before.get(name);
      if (value == null) {
        System.clearProperty(name);
      } else {
        System.setProperty(name, value);
      }
    }
  }

  @Test
  void aRaspberryPiFindsAllOfThemThere() throws Exception {
    for (var architecture : List.of("aarch64", "arm")) {
      for (var library : NativeLibrary.values()) {
        library.unpackInto(folder, architecture);
      }
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files)
            .hasSize(4)
            .allSatisfy(
                file -> assertThat(Files.readAllBytes(file)).startsWith(0x7F, 'E', 'L', 'F'));
      }
    }
    assertThat(PROPERTIES)
        .allSatisfy(name -> assertThat(System.getProperty(name)).isEqualTo(folder.toString()));
  }

  @Test
  void aPackageThatBringsThemNeedsNothingOfThis() throws Exception {
    System.setProperty("pi4j.library.path", "/usr/lib/kerbside");
    NativeLibrary.PINS.unpackInto(folder, "aarch64");
    assertThat(folder).isEmptyDirectory();
    assertThat(System.getProperty("pi4j.library.path")).isEqualTo("/usr/lib/kerbside");
  }

  @Test
  void anotherMachineIsLeftToTheLibrary() throws Exception {
    for (var library : NativeLibrary.values()) {
      library.unpackInto(folder, "riscv64");
    }
    assertThat(folder).isEmptyDirectory();
    assertThat(System.getProperty("pi4j.library.path")).isNull();
  }
}
