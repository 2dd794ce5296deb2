package org.kerbside.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.kerbside.gateway.model.Sha256;

/**
 * All that a site was read from, byte for byte, but for its secrets: those are not copied about.
 *
 * @param site the site's own file, absolute
 * @param base the folder that the names start from: the nearest that holds them all
 * @param contents by name relative to the base, with {@code /}
 */
public record SiteFiles(Path site, Path base, SortedMap<String, byte[]> contents) {

  private static final long MOST_BYTES = 32L << 20;

  public SiteFiles {
    contents = Collections.unmodifiableSortedMap(new TreeMap<>(contents));
  }

  /** The site's own file by its name here. */
  public String siteName() {
    return name(base, site);
  }

  /** By name, of what each file holds. */
  public SortedMap<String, String> sums() {
    var sums = new TreeMap<String, String>();
    contents.forEach((name, bytes) -> sums.put(name, Sha256.of(bytes)));
    return sums;
  }

  /**
   * Reads the files once more.
   *
   * @param opened the files that its reading opened, the site's own among them; what may be read
   *     later lies in {@code profiles/}, {@code integrations/} and {@code keys/} beside it
   */
  public static SiteFiles of(Path site, Collection<String> opened) throws IOException {
    var own = site.toAbsolutePath().normalize();
    var files = new TreeSet<Path>();
    files.add(own);
    opened.forEach(name -> files.add(Path.of(name).toAbsolutePath().normalize()));
    for (var folder : new String[] {"profiles", "integrations"}) {
      files.addAll(listed(own.resolveSibling(folder), "*.yaml"));
    }
    files.addAll(listed(own.resolveSibling(KeyReader.FOLDER), "*.pem"));
    var base = base(own, files);
    var contents = new TreeMap<String, byte[]>();
    long bytes = 0;
    for (var file : files) {
      bytes += Files.size(file);
      if (bytes > MOST_BYTES) {
        throw new IOException("%s and what it names have more than 32 MiB".formatted(site));
      }
      contents.put(name(base, file), Files.readAllBytes(file));
    }
    return new SiteFiles(own, base, contents);
  }

  private static Collection<Path> listed(Path folder, String names) throws IOException {
    var found = new TreeSet<Path>();
    try (var files = Files.newDirectoryStream(folder, names)) {
      for (var file : files) {
        if (Files.isRegularFile(file)) {
          found.add(file);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException none) {
      return found;
    }
    return found;
  }

  /** An include may stand above the site's folder. */
  private static Path base(Path site, Collection<Path> files) {
    var base = site.resolveSibling("").normalize();
    for (var file : files) {
      while (!file.startsWith(base)) {
        base = base.resolve("..").normalize();
      }
    }
    return base;
  }

  private static String name(Path base, Path file) {
    return base.relativize(file).toString().replace('\\', '/');
  }
}
