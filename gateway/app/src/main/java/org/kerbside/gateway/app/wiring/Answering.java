package org.kerbside.gateway.app.wiring;

import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.app.Errands;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Progress;
import org.kerbside.gateway.model.ProgressListener;
import org.kerbside.gateway.model.UplinkView;
import org.kerbside.gateway.uplink.Uplink;

/**
 * Who is told of commands, for the pipeline, which is made before them: people on the spot for
 * theirs, the city for the rest.
 */
final class Answering implements ProgressListener, Supplier<UplinkView> {

  // Set once while the graph is made, before any thread of the pipeline runs.
  private volatile @Nullable Uplink uplink;
  private volatile @Nullable Errands errands; // likewise

  void by(Uplink made, Errands asked) {
    uplink = made;
    errands = asked;
  }

  @Override
  public void progress(String command, Progress progress) {
    var made = uplink;
    var asked = errands;
    if (made != null && asked != null && !asked.knows(command)) {
      made.progress(command, progress);
    }
  }

  @Override
  public void ended(Event.Result result) {
    var made = uplink;
    var asked = errands;
    if (made != null && asked != null && !asked.ended(result)) {
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
