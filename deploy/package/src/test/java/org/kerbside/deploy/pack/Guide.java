package org.kerbside.deploy.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A page of {@code deploy/docs}, in one of its languages. */
record Guide(Path file) {

  private static final Path DOCS = Path.of("../docs").toAbsolutePath().normalize();

  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);

  static Guide of(String language, String page) {
    return new Guide(DOCS.resolve(language).resolve(page + ".md"));
  }

  static List<String> pages(String language) throws IOException {
    try (var files = Files.list(DOCS.resolve(language))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .sorted()
          .collect(Collectors.toList());
    }
  }

  String text() throws IOException {
    return Files.readString(file);
  }

  /** What a reader types, block by block. */
  List<String> commands() throws IOException {
    return blocks().stream()
        .filter(block -> block.startsWith("sh\n"))
        .map(it -> it.substring(3))
        .toList();
  }

  /** Every block, its language in the first line. */
  List<String> blocks() throws IOException {
    return BLOCK
        .matcher(text())
        .results()
        .map(found -> found.group(1) + "\n" + found.group(2))
        .toList();
  }
}
