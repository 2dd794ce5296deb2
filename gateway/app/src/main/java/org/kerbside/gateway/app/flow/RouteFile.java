package org.kerbside.gateway.app.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.IntegrationConfig;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Node;
import org.kerbside.config.Yaml;

/**
 * A file of routes as it stands. Routes are code: a file that anybody may write is refused.
 *
 * @param content what Camel reads
 * @param top the same, with the place of each word
 */
record RouteFile(IntegrationConfig config, String content, Node top) {

  /** Null when a mistake was told. */
  static @Nullable RouteFile read(IntegrationConfig config, Mistakes mistakes) {
    var file = config.file();
    var mark = config.name().mark();
    try {
      var content = Files.readString(file);
      if (isOpen(file) || isOpen(file.resolveSibling("."))) {
        mistakes.add(
            mark,
            "E601",
            "anybody may write '%s' or its folder, and routes are code".formatted(file),
            "chmod o-w both, and let them be root's");
        return null;
      }
      var top = Yaml.tree(file.toString(), content, mistakes);
      return top == null ? null : new RouteFile(config, content, top);
    } catch (NoSuchFileException told) {
      mistakes.add(mark, "E006", "there is no file '%s'".formatted(file), "check the name");
    } catch (IOException told) {
      mistakes.add(
          mark,
          "E006",
          "'%s' cannot be read: %s".formatted(file, told.getMessage()),
          "save it as UTF-8, and readable to the service");
    }
    return null;
  }

  private static boolean isOpen(Path file) throws IOException {
    return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_WRITE);
  }

  /** The file without its endings: {@code wecom}. */
  String name() {
    return config.name().text().replaceFirst("\\.camel\\.yaml$", "");
  }

  /** Where the file begins. */
  Mark start() {
    return Mark.of(config.file().toString(), content.lines().findFirst().orElse(""));
  }
}
