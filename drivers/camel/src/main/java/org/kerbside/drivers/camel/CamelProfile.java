package org.kerbside.drivers.camel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Profile;
import org.kerbside.config.Section;
import org.kerbside.drivers.picks.Dating;
import org.kerbside.drivers.picks.JsonLayout;
import org.kerbside.drivers.picks.Pick;
import org.kerbside.drivers.picks.PickReader;
import org.kerbside.drivers.picks.Pointer;

/**
 * What stands in a device model's messages.
 *
 * @param layout of no meaning for SenML, which names its quantities itself
 */
record CamelProfile(Format format, JsonLayout layout) {

  /** A device without a profile speaks SenML. */
  static final CamelProfile SENML =
      new CamelProfile(new Format.Senml(), new JsonLayout(List.of(), null, Dating.SECONDS));

  /** Null when a mistake was told. */
  static @Nullable CamelProfile read(@Nullable Profile profile, Mistakes mistakes) {
    if (profile == null) {
      return SENML;
    }
    long before = mistakes.errors();
    var own = profile.own();
    own.text("profile"); // these two were read by whoever found the file
    own.text("driver");
    own.section("test"); // run by the build
    var format = Format.read(own, mistakes);
    var read =
        format instanceof Format.Senml
            ? SENML
            : new CamelProfile(json(format), layout(own, mistakes));
    own.refuseOthers("a camel profile");
    return mistakes.errors() > before ? null : read;
  }

  private static Format json(@Nullable Format read) {
    return read == null ? new Format.Json() : read;
  }

  private static JsonLayout layout(Section own, Mistakes mistakes) {
    var picker = new PickReader(own, mistakes);
    var time = picker.time();
    var dating = picker.dating();
    var picks = new ArrayList<Pick>();
    var points = own.requiredSection("points", "{ fill: { value: /fill } }");
    if (points != null) {
      for (var entry : points.entries()) {
        var point = picker.section(entry);
        if (point != null) {
          var pointer = picker.value(point);
          var whole = pointer == null ? Pointer.of() : pointer;
          picks.add(picker.pick(point, entry.key().text(), whole));
          point.refuseOthers("'%s'".formatted(entry.key()));
        }
      }
    }
    return new JsonLayout(picks, time, dating);
  }
}
