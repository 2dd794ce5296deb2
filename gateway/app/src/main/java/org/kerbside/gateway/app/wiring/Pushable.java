package org.kerbside.gateway.app.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.kerbside.config.SiteFiles;
import org.kerbside.config.UplinkConfig;
import org.kerbside.gateway.model.Want;

/**
 * Which files the city may push: those of the site, or only those that it includes; never secrets,
 * and never integrations, which are code. What it may not push stays as people keep it.
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
    var kept = beside(here);
    var contents = new TreeMap<String, byte[]>();
    kept.forEach(
        (name, bytes) -> {
          if (may == UplinkConfig.Want.CITY || HERE_ALONE.matcher(name).matches()) {
            contents.put(name, bytes);
          }
        });
    for (var file : want.files().entrySet()) {
      check(file.getKey(), kept);
      contents.put(file.getKey(), file.getValue().getBytes(UTF_8));
    }
    if (!contents.containsKey(own())) {
      throw new Refused("'%s' is not among the files".formatted(own()));
    }
    return new SiteFiles(origin, base(), contents);
  }

  private void check(String name, SortedMap<String, byte[]> kept) throws Refused {
    if (!NAME.matcher(name).matches()
        || !KIND.matcher(name).matches()
        || HERE_ALONE.matcher(name).matches()) {
      throw new Refused("'%s' cannot be pushed".formatted(name));
    }
    if (may == UplinkConfig.Want.CITY && (name.equals(own()) || !kept.containsKey(name))) {
      throw new Refused("'%s' is no file that the site includes: want is city".formatted(name));
    }
  }

  /** By its name beside the site; what lies above is nothing to push. */
  private SortedMap<String, byte[]> beside(Plan.Source here) throws IOException {
    var kept = new TreeMap<String, byte[]>();
    if (may == UplinkConfig.Want.SITE && Files.notExists(origin)) {
      return kept; // The city's is all there is.
    }
    var all = SiteFiles.of(origin, Plan.opened(here));
    all.contents()
        .forEach(
            (name, bytes) -> {
              var place = all.base().resolve(name).normalize();
              if (place.startsWith(base())) {
                kept.put(base().relativize(place).toString(), bytes);
              }
            });
    return kept;
  }

  private Path base() {
    return origin.resolveSibling("");
  }

  private String own() {
    return String.valueOf(origin.getFileName());
  }
}
