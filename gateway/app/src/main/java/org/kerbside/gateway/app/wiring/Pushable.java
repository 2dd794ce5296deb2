package org.kerbside.gateway.app.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.kerbside.config.SiteFiles;
import org.kerbside.config.UplinkConfig;
import org.kerbside.gateway.model.Want;

/**
 * Which files the city may push: those of the site, or only those that it includes; never secrets,
 * and never integrations, which are code. Where it may push only those that the site includes, keys
 * and profiles are none of them. What it may not push stays as people keep it.
 *
 * @param may what the site says of it
 * @param origin the site's own file, where people keep it
 */
record Pushable(UplinkConfig.Want may, Path origin) {

  private static final Pattern NAME =
      Pattern.compile("(?:[A-Za-z0-9_][A-Za-z0-9._-]{0,63}/){0,4}[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");
  private static final Pattern KIND = Pattern.compile(".+\\.yaml|keys/[^/]+\\.pem");
  private static final Pattern HERE_ALONE =
      Pattern.compile("secrets/.*|integrations/.*|.*\\.camel\\.yaml");

  /** What was pushed is against the rules. */
  static final class Refused extends Exception {

    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  /** The site as it will be: what is pushed, and what stays of the files beside the site. */
  SiteFiles with(Want want, Plan.Source here) throws IOException, Refused {
    var opened = opened(here);
    var included = new TreeSet<String>();
    opened.forEach(file -> place(Path.of(file)).ifPresent(included::add));
    var kept = kept(opened);
    var contents = new TreeMap<String, byte[]>();
    kept.forEach(
        (name, bytes) -> {
          if (may == UplinkConfig.Want.CITY || HERE_ALONE.matcher(name).matches()) {
            contents.put(name, bytes);
          }
        });
    for (var file : want.files().entrySet()) {
      check(file.getKey(), included);
      contents.put(file.getKey(), file.getValue().getBytes(UTF_8));
    }
    if (!contents.containsKey(own())) {
      throw new Refused("'%s' is not among the files".formatted(own()));
    }
    return new SiteFiles(origin, base(), contents);
  }

  private void check(String name, Set<String> included) throws Refused {
    if (!NAME.matcher(name).matches()
        || !KIND.matcher(name).matches()
        || HERE_ALONE.matcher(name).matches()) {
      throw new Refused("'%s' cannot be pushed".formatted(name));
    }
    if (may == UplinkConfig.Want.CITY && (name.equals(own()) || !included.contains(name))) {
      throw new Refused("'%s' is no file that the site includes: want is city".formatted(name));
    }
  }

  /** What the site is read from here; nothing where the city's is all there is. */
  private List<String> opened(Plan.Source here) {
    return may == UplinkConfig.Want.SITE && Files.notExists(origin) ? List.of() : Plan.opened(here);
  }

  /** By its name beside the site. */
  private SortedMap<String, byte[]> kept(List<String> opened) throws IOException {
    var kept = new TreeMap<String, byte[]>();
    if (opened.isEmpty()) {
      return kept;
    }
    var all = SiteFiles.of(origin, opened);
    all.contents()
        .forEach(
            (name, bytes) ->
                place(all.base().resolve(name)).ifPresent(place -> kept.put(place, bytes)));
    return kept;
  }

  /** A file's name beside the site; what lies above is nothing to push. */
  private Optional<String> place(Path file) {
    var base = base().toAbsolutePath().normalize();
    var place = file.toAbsolutePath().normalize();
    return place.startsWith(base)
        ? Optional.of(base.relativize(place).toString())
        : Optional.empty();
  }

  private Path base() {
    return origin.resolveSibling("");
  }

  private String own() {
    return String.valueOf(origin.getFileName());
  }
}
