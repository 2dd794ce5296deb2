package org.kerbside.gateway.app.wiring;

import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Progress;
import org.kerbside.gateway.model.ProgressListener;
import org.kerbside.gateway.model.UplinkView;
import org.kerbside.gateway.uplink.Uplink;

/** The uplink for the pipeline, which is made before it: the two know each other. */
final class Answering implements ProgressListener, Supplier<UplinkView> {

  // Set once while the graph is made, before any thread of the pipeline runs.
  private volatile @Nullable Uplink uplink;

  void by(Uplink made) {
    uplink = made;
  }

  @Override
  public void progress(String command, Progress progress) {
    var made = uplink;
    if (made != null) {
      made.progress(command, progress);
    }
  }

  @Override
  public void ended(Event.Result result) {
    var made = uplink;
    if (made != null) {
      made.ended(result);
    }
  }

  @Override
  public UplinkView get() {
    var made = uplink;
    return made == null
        ? new UplinkView(UplinkView.State.DOWN, 0, 0, Instant.EPOCH, null)
        : made.view();
  }
}
