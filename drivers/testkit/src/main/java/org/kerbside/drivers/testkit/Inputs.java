package org.kerbside.drivers.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a Jazzer target of this module has been given, to be tried again without its agent. */
public final class Inputs {

  private static final Path RESOURCES = Path.of("src/test/resources");

  private Inputs() {}

  /** In the folder where Jazzer looks for them. */
  public static List<byte[]> of(Class<?> target, String method) throws IOException {
    var folder =
        RESOURCES
            .resolve(target.getPackageName().replace('.', '/'))
            .resolve(target.getSimpleName() + "Inputs")
            .resolve(method);
    var contents = new ArrayList<byte[]>();
    try (var files = Files.list(folder)) {
      for (var file : files.sorted().toList()) {
        contents.add(Files.readAllBytes(file));
      }
    }
    assertThat(contents).isNotEmpty();
    return contents;
  }
}
