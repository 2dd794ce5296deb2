package org.kerbside.config;

import java.time.ZoneId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Hours;
import org.kerbside.gateway.model.Site;

/** Reads {@code site: { id, name, timezone, location, service }}. */
final class SiteLine {

  private static final Pattern LOCATION =
      Pattern.compile("(\\d{1,2}(?:\\.\\d+)?)([NS])\\s+(\\d{1,3}(?:\\.\\d+)?)([EW])");

  private final Mistakes mistakes;

  SiteLine(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  @Nullable Site read(Section own) {
    var id = own.required("id", "CD-QY-0173");
    var name = own.text("name");
    var zone = zone(own.required("timezone", "Asia/Shanghai"));
    var location = location(own.required("location", "30.6586N 104.0583E"));
    var service = own.text("service");
    boolean isSpan = service == null || Spans.check("hours", service, mistakes);
    own.refuseOthers("'site'");
    if (id == null || !Identifier.isFit(id, mistakes) || zone == null || location == null) {
      return null;
    }
    return new Site(
        id.text(),
        name == null ? id.text() : name.text(),
        zone,
        location.north(),
        location.east(),
        service == null || !isSpan ? Hours.SERVICE : Hours.of(service.text()));
  }

  private record Location(double north, double east) {}

  private @Nullable ZoneId zone(@Nullable Text text) {
    if (text == null) {
      return null;
    }
    var known = ZoneId.getAvailableZoneIds();
    if (known.contains(text.text())) {
      return ZoneId.of(text.text());
    }
    var nearest = Nearest.of(text.text(), known);
    mistakes.add(
        text.mark(),
        "E301",
        "there is no time zone '%s'".formatted(text),
        nearest == null
            ? "write for example Asia/Shanghai"
            : "did you mean '%s'?".formatted(nearest));
    return null;
  }

  private @Nullable Location location(@Nullable Text text) {
    if (text == null) {
      return null;
    }
    var match = LOCATION.matcher(text.text());
    if (match.matches()) {
      double north = signed(match.group(1), match.group(2), "S");
      double east = signed(match.group(3), match.group(4), "W");
      if (Math.abs(north) <= 90 && Math.abs(east) <= 180) {
        return new Location(north, east);
      }
    }
    mistakes.add(
        text.mark(),
        "E302",
        "'%s' is not a position".formatted(text),
        "write degrees north or south, then east or west: 30.6586N 104.0583E");
    return null;
  }

  private static double signed(String degrees, String letter, String negative) {
    double number = Double.parseDouble(degrees);
    return letter.equals(negative) ? -number : number;
  }
}
