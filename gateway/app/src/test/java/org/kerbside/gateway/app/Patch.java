package org.kerbside.gateway.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/**
 * The product with a few lines changed, for one test: main sources, each with exact texts replaced,
 * compiled into a folder for the front of a class path. A text that is not there exactly once fails
 * the test: the product has moved on, and the patch must follow.
 */
final class Patch {

  private final Map<Path, String> sources = new LinkedHashMap<>();

  /**
   * Replaces a text.
   *
   * @param type as {@code gateway/uplink:Conversation}, or {@code gateway/app:wiring/Gateway}
   */
  Patch replace(String type, String text, String by) throws IOException {
    var file = source(type);
    var source = sources.containsKey(file) ? sources.get(file) : Files.readString(file);
    int first = source.indexOf(text);
    if (first < 0 || source.indexOf(text, first + 1) >= 0) {
      throw new AssertionError("'%s' stands not exactly once in %s".formatted(text, file));
    }
    sources.put(file, source.replace(text, by));
    return this;
  }

  /** Adds statements before a text. */
  Patch before(String type, String text, String statements) throws IOException {
    return replace(type, text, statements + " " + text);
  }

  /** Adds statements after a text. */
  Patch after(String type, String text, String statements) throws IOException {
    return replace(type, text, text + " " + statements);
  }

  /** Compiles what was patched; the folder again. */
  Path into(Path folder) throws IOException {
    var written = Files.createDirectories(folder.resolve("sources"));
    var classes = Files.createDirectories(folder.resolve("classes"));
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var units = new java.util.ArrayList<Path>();
      for (var source : sources.entrySet()) {
        var room = written.resolve(String.valueOf(units.size()));
        var copy = Files.createDirectories(room).resolve(source.getKey().getFileName());
        units.add(Files.writeString(copy, source.getValue()));
      }
      var options =
          List.of("-d", classes.toString(), "-cp", UnderTest.everything(), "-proc:none", "-nowarn");
      var said = new java.io.StringWriter();
      boolean compiled =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(units))
              .call();
      if (!compiled) {
        throw new AssertionError(said);
      }
    }
    return classes;
  }

  private static Path source(String type) {
    var parts = type.split(":", 2);
    return GatewayProcess.home()
        .resolve(
            "%s/src/main/java/org/kerbside/%s/%s.java".formatted(parts[0], parts[0], parts[1]));
  }
}
