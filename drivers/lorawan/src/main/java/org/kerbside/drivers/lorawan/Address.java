package org.kerbside.drivers.lorawan;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a site writes behind the bus: the DevEUI as it is printed on the device, and a channel where
 * the device has several: {@code 24E124136B502217/2}.
 *
 * @param eui in lower case
 * @param channel from 1, or {@link Said#DEVICE}
 */
record Address(String eui, int channel) {

  private static final Pattern WRITTEN = Pattern.compile("([0-9a-fA-F]{16})(?:/([1-9]\\d?))?");

  static @Nullable Address of(String written) {
    var match = WRITTEN.matcher(written);
    if (!match.matches()) {
      return null;
    }
    String channel = match.group(2);
    return new Address(
        match.group(1).toLowerCase(Locale.ROOT),
        channel == null ? Said.DEVICE : Integer.parseInt(channel));
  }
}
