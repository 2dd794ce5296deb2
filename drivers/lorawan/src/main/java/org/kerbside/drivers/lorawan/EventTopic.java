package org.kerbside.drivers.lorawan;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where ChirpStack v4 tells of a device.
 *
 * @param application its application, by which its downlinks go
 * @param eui in lower case
 * @param type {@code up}, {@code join}, …
 */
record EventTopic(String application, String eui, String type) {

  private static final Pattern WRITTEN =
      Pattern.compile("application/([^/]{1,64})/device/([0-9a-fA-F]{16})/event/([a-z]{1,32})");

  static @Nullable EventTopic of(String topic) {
    var match = WRITTEN.matcher(topic);
    return match.matches()
        ? new EventTopic(
            match.group(1), match.group(2).toLowerCase(java.util.Locale.ROOT), match.group(3))
        : null;
  }

  /**
   * What to subscribe to.
   *
   * @param application absent for all
   */
  static String filter(@Nullable String application) {
    return "application/%s/device/+/event/+".formatted(application == null ? "+" : application);
  }

  /** Where a device's downlinks go. */
  static String down(String application, String eui) {
    return "application/%s/device/%s/command/down".formatted(application, eui);
  }
}
