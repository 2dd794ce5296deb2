package org.kerbside.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The shelf of device models: those that ship, then those beside a site. A file is read when a site
 * first names it. Belongs to the thread that reads the configuration.
 */
public final class Profiles {

  private static final String SHELF = "profiles/";
  private static final String INDEX = SHELF + "index";

  private final Map<String, Source> sources;
  private final Map<String, Profile> read = new HashMap<>();
  private final Set<String> tried = new HashSet<>();

  private Profiles(Map<String, Source> sources) {
    this.sources = new TreeMap<>(sources);
  }

  /** A profile's file, not read yet. */
  private record Source(String label, @Nullable Path path, boolean hidesShipped) {

    String content() throws IOException {
      return path == null ? resource(label) : Files.readString(path);
    }
  }

  /** Those in {@code config/profiles}. */
  public static Profiles shipped() {
    var sources = new LinkedHashMap<String, Source>();
    try {
      resource(INDEX)
          .lines()
          .forEach(name -> sources.put(name, new Source(SHELF + name + ".yaml", null, false)));
    } catch (IOException cause) {
      throw new IllegalStateException("the jar holds no %s".formatted(INDEX), cause);
    }
    return new Profiles(sources);
  }

  /** With the files of a folder in front; a folder that is not there holds none. */
  Profiles with(Path folder, Mistakes mistakes) {
    var all = new HashMap<>(sources);
    if (Files.isDirectory(folder)) {
      try (var files = Files.newDirectoryStream(folder, "*.yaml")) {
        for (var file : files) {
          var name = file.getFileName().toString().replaceFirst("\\.yaml$", "");
          all.put(name, new Source(file.toString(), file, sources.containsKey(name)));
        }
      } catch (IOException told) {
        mistakes.add(
            Mark.of(folder.toString(), folder.toString()),
            "E201",
            "the profiles here cannot be listed: %s".formatted(told.getMessage()),
            "check the folder's permissions");
      }
    }
    return new Profiles(all);
  }

  public Set<String> names() {
    return Set.copyOf(sources.keySet());
  }

  /** All that a driver can speak, by name; those with mistakes are left out. */
  public List<Profile> of(String driver) {
    var found = new ArrayList<Profile>();
    for (var name : sources.keySet()) {
      var word = new Text(name, Mark.of(name, name), Text.Style.PLAIN);
      var profile = find(word, new Mistakes());
      if (profile != null && profile.driver().text().equals(driver)) {
        found.add(profile);
      }
    }
    return found;
  }

  /** The profile of that name; null, and a mistake, when there is none. */
  @Nullable Profile find(Text name, Mistakes mistakes) {
    var source = sources.get(name.text());
    if (source == null) {
      mistakes.add(
          name.mark(),
          "E201",
          "there is no profile '%s'".formatted(name),
          Nearest.help(name.text(), sources.keySet()));
      return null;
    }
    if (tried.add(name.text())) {
      var profile = read(name, source, mistakes);
      if (profile != null) {
        read.put(name.text(), profile);
      }
    }
    return read.get(name.text());
  }

  private static @Nullable Profile read(Text name, Source source, Mistakes mistakes) {
    Section own;
    try {
      own = Yaml.read(source.label(), source.content(), mistakes);
    } catch (IOException told) {
      mistakes.add(
          name.mark(),
          "E201",
          "'%s' cannot be read: %s".formatted(source.label(), told.getMessage()),
          "save it as UTF-8 and readable");
      return null;
    }
    var itself = own == null ? null : own.required("profile", name.text());
    var driver = own == null ? null : own.required("driver", "mqtt");
    if (own == null || itself == null || driver == null) {
      return null;
    }
    if (!itself.text().equals(name.text())) {
      mistakes.add(
          itself.mark(),
          "E201",
          "'%s' stands in the file of '%s'".formatted(itself, name),
          "give file and profile one name");
    }
    if (source.hidesShipped()) {
      mistakes.add(
          itself.mark(),
          "W201",
          "'%s' hides the profile that ships".formatted(itself),
          "give it another name, unless that is meant");
    }
    return new Profile(itself, driver, own);
  }

  private static String resource(String path) throws IOException {
    try (InputStream stream = Profiles.class.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IOException("no resource '%s'".formatted(path));
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
