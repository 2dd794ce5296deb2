package org.kerbside.drivers.lorawan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Asset;

/**
 * An asset that a device, or one channel of it, speaks for.
 *
 * @param address as the site writes it behind the bus: {@code 24e124136b502217/2}
 * @param channel from 1, or {@link Said#DEVICE}: the device as a whole and its first channel
 */
record Binding(String address, int channel, Asset asset) {

  /** What every asset on a device may know of it, whichever channel it hangs on. */
  private static final Set<String> DIAGNOSTICS = Set.of("battery", "rssi", "snr");

  /** What is meant for this asset; a device may measure more than its asset has points for. */
  List<Sample> mine(List<Said.Heard> heard) {
    var mine = new ArrayList<Sample>();
    for (var one : heard) {
      String quantity = one.sample().quantity();
      if ((isOf(channel, one.channel()) || isDiagnostic(quantity))
          && asset.point(quantity) != null) {
        mine.add(one.sample());
      }
    }
    return mine;
  }

  /** Whether what is of one channel is meant for an asset on another. */
  static boolean isOf(int asset, int sample) {
    return sample == asset || (asset == Said.DEVICE && sample == 1);
  }

  /** Whether it says how the device is, and not its surroundings. */
  static boolean isDiagnostic(String quantity) {
    return DIAGNOSTICS.contains(quantity);
  }

  /** The output of that name; null when the profile has none for it. */
  @Nullable Channel output(String quantity, LorawanProfile profile) {
    var own = new Channel(channel, quantity);
    if (profile.outputs().containsKey(own)) {
      return own;
    }
    var first = new Channel(1, quantity);
    return channel == Said.DEVICE && profile.outputs().containsKey(first) ? first : null;
  }
}
