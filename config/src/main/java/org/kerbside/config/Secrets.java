package org.kerbside.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Sha256;

/**
 * The folder {@code secrets/} beside a site: one file a secret, named as {@code !secret} does. What
 * systemd hands to a service goes before it: there the folder itself is root's alone.
 */
public final class Secrets {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final long MOST_BYTES = 64 << 10;

  /** Where systemd puts {@code LoadCredential=secret:…}, a file each; null elsewhere. */
  private static final @Nullable String CREDENTIALS = System.getenv("CREDENTIALS_DIRECTORY");

  private final Path folder;
  private final Mistakes mistakes;

  Secrets(Path site, Mistakes mistakes) {
    this.folder = site.resolveSibling("secrets");
    this.mistakes = mistakes;
  }

  /**
   * One secret by its name.
   *
   * @param folder that of the secrets
   * @return null when there is none of that name, or it is no name
   */
  public static @Nullable String reveal(Path folder, String name) throws IOException {
    var file = file(folder, name, CREDENTIALS);
    boolean isThere = NAME.matcher(name).matches() && Files.isRegularFile(file);
    return isThere && Files.size(file) <= MOST_BYTES
        ? Files.readString(file).stripTrailing()
        : null;
  }

  /**
   * Another, once a secret beside a site is another. Only to be compared, and never to be kept:
   * what is short can be guessed from it.
   */
  public static String digest(Path site) {
    var folder = site.resolveSibling("secrets");
    var names = new TreeSet<>(names(folder, ""));
    if (CREDENTIALS != null) {
      names.addAll(names(Path.of(CREDENTIALS), "secret_"));
    }
    var all = new StringBuilder();
    for (var name : names) {
      all.append(name).append('\0').append(told(folder, name)).append('\0');
    }
    return Sha256.of(all.toString().getBytes(UTF_8));
  }

  private static Set<String> names(Path folder, String prefix) {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(prefix))
          .map(name -> name.substring(prefix.length()))
          .collect(Collectors.toSet());
    } catch (IOException none) {
      return Set.of(); // In a hardened service the folder is root's alone.
    }
  }

  private static String told(Path folder, String name) {
    try {
      return String.valueOf(reveal(folder, name));
    } catch (IOException unreadable) {
      return "";
    }
  }

  static Path file(Path folder, String name, @Nullable String credentials) {
    var given = credentials == null ? null : Path.of(credentials, "secret_" + name);
    return given != null && Files.isRegularFile(given) ? given : folder.resolve(name);
  }

  /** The same site with every secret in the place of its name. */
  Section revealed(Section site) {
    return site.map(text -> text.style() == Text.Style.SECRET ? revealed(text) : text);
  }

  private Text revealed(Text name) {
    if (!NAME.matcher(name.text()).matches()) {
      return missing(name, "is no secret's name", "write letters, digits, '-', '_' and '.'");
    }
    var file = file(folder, name.text(), CREDENTIALS);
    try {
      if (!Files.isRegularFile(file)) {
        return missing(name, "is no secret here", "put it into %s".formatted(file));
      }
      if (Files.size(file) > MOST_BYTES) {
        return missing(name, "is larger than 64 KiB", "is it the right file?");
      }
      return name.with(Files.readString(file).stripTrailing());
    } catch (IOException told) {
      return missing(name, "cannot be read", "%s: %s".formatted(file, told.getMessage()));
    }
  }

  private Text missing(Text name, String problem, String help) {
    mistakes.add(name.mark(), "E502", "'%s' %s".formatted(name.text(), problem), help);
    return name;
  }
}
