package org.kerbside.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The site file and what it includes as one section. The later file wins key by key; the site file
 * comes after what it includes.
 */
final class Includes {

  private static final int SCHEMA = 1;
  private static final int MOST_FILES = 32;
  private static final long MOST_BYTES = 4L << 20; // of UTF-8: no character takes more than four

  private final Mistakes mistakes;
  private final Set<Path> open = new LinkedHashSet<>();
  private int files;
  private boolean isWhole = true;

  Includes(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /** Whether every file was read, so that what is missing is missing indeed. */
  boolean isWhole() {
    return isWhole;
  }

  @Nullable Section read(Path site) {
    return read(site, Mark.of(site.toString(), site.toString()));
  }

  private @Nullable Section read(Path file, Mark why) {
    var place = file.toAbsolutePath().normalize();
    if (!open.add(place)) {
      lose(why, "E006", "'%s' includes itself".formatted(file), "remove one include");
      return null;
    }
    if (++files > MOST_FILES) {
      lose(why, "E009", "more than %d files".formatted(MOST_FILES), "include fewer");
      return null;
    }
    mistakes.opened(file.toString());
    var content = content(file, why);
    var own = content == null ? null : Yaml.read(file.toString(), content, mistakes);
    var merged = own == null ? null : withIncluded(own, file);
    open.remove(place);
    isWhole &= merged != null;
    return merged;
  }

  private Section withIncluded(Section own, Path file) {
    checkSchema(own);
    Section base = null;
    for (var name : own.texts("include")) {
      var included = included(name, file);
      if (included != null) {
        base = base == null ? included : base.merged(included);
      }
    }
    return base == null ? own : base.merged(own);
  }

  /** Another file, named by {@code file} and beside it; null, and a mistake, when there is none. */
  @Nullable Section included(Text name, Path file) {
    if (name.text().isBlank() || name.text().startsWith("/") || name.text().contains("\0")) {
      lose(
          name.mark(),
          "E006",
          "'%s' is no relative name".formatted(name),
          "name a file beside this");
      return null;
    }
    return read(file.resolveSibling(name.text()).normalize(), name.mark());
  }

  private void checkSchema(Section own) {
    var schema = own.has("schema") ? own.number("schema") : null;
    if (schema != null && schema != SCHEMA) {
      mistakes.add(
          own.markOf("schema"),
          schema > SCHEMA ? "E008" : "E104",
          "this version knows schema %d".formatted(SCHEMA),
          schema > SCHEMA ? "upgrade the gateway, or write schema: 1" : "write schema: 1");
    }
  }

  private @Nullable String content(Path file, Mark why) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        lose(why, "E009", "'%s' is larger than 1 MiB".formatted(file), "split it by include");
        return null;
      }
      return Files.readString(file);
    } catch (NoSuchFileException told) {
      lose(why, "E006", "there is no file '%s'".formatted(file), "check the name");
      return null;
    } catch (CharacterCodingException told) {
      lose(why, "E000", "'%s' is not UTF-8".formatted(file), "save it as UTF-8");
      return null;
    } catch (IOException told) {
      lose(
          why,
          "E006",
          "'%s' cannot be read: %s".formatted(file, told.getMessage()),
          "check its kind and permissions");
      return null;
    }
  }

  private void lose(Mark mark, String code, String problem, String help) {
    mistakes.add(mark, code, problem, help);
    isWhole = false;
  }
}
