package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What nobody else may read: the files in {@code secrets/} beside a site, and the gateway's keys.
 */
final class Secret {

  private static final String BESIDE = "secrets";
  private static final String IDENTITY = "identity";
  private static final Pattern NAME =
      Pattern.compile("(?:%s|%s)/[A-Za-z0-9][A-Za-z0-9._-]{0,63}".formatted(BESIDE, IDENTITY));
  private static final long MOST_BYTES = 64 << 10; // each
  private static final FileAttribute<?> OWNER_READS =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> OWNER_OPENS =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private Secret() {}

  /** All of a site and its gateway, by folder and name. */
  static SortedMap<String, byte[]> of(Path site, Path data) throws IOException {
    var secrets = new TreeMap<String, byte[]>();
    collect(site.resolveSibling(BESIDE), BESIDE, secrets);
    collect(data.resolve(IDENTITY), IDENTITY, secrets);
    return secrets;
  }

  private static void collect(Path folder, String name, SortedMap<String, byte[]> secrets)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        var full = name + "/" + file.getFileName();
        if (Files.isRegularFile(file)
            && Files.size(file) <= MOST_BYTES
            && NAME.matcher(full).matches()) {
          secrets.put(full, Files.readAllBytes(file));
        }
      }
    }
  }

  /** Puts them where they belong, for their owner alone; what is there already stays. */
  static void put(Map<String, byte[]> secrets, Path site, Path data) throws IOException {
    for (var secret : secrets.entrySet()) {
      var name = secret.getKey();
      if (!NAME.matcher(name).matches()) {
        throw new IOException("'%s' is no secret's name".formatted(name));
      }
      var place = name.startsWith(BESIDE) ? site.resolveSibling(name) : data.resolve(name);
      if (Files.notExists(place)) {
        var folder = place.resolveSibling("");
        if (Files.notExists(folder)) {
          Files.createDirectories(folder.resolveSibling(""));
          Files.createDirectory(folder, OWNER_OPENS);
        }
        Files.createFile(place, OWNER_READS);
        Files.write(place, secret.getValue());
      }
    }
  }
}
