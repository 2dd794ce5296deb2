package org.kerbside.drivers.lorawan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One device and all that is remembered of it: there are no more of them than the site has. */
final class Station {

  final String eui;
  final LorawanProfile profile;
  final List<Binding> bindings;
  final FrameCounter counter = new FrameCounter();
  final Flood flood = new Flood();
  final Downlinks downlinks;

  /** Of its last event; written by the bus's thread. */
  private volatile @Nullable String application;

  Station(String eui, LorawanProfile profile, List<Binding> bindings, Downlinks downlinks) {
    this.eui = eui;
    this.profile = profile;
    this.bindings = List.copyOf(bindings);
    this.downlinks = downlinks;
  }

  void isOf(String heard) {
    application = heard;
  }

  @Nullable String application() {
    return application;
  }
}
