package org.kerbside.gateway.page;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Fitter;
import org.kerbside.gateway.model.Fitter.Met;
import org.kerbside.gateway.model.Fitter.Met.Somebody;

/**
 * The one look for devices that may go on at a time: a bus, address by address, between its polls,
 * on a thread of its own. What was found is kept until the next. Thread-safe.
 */
final class Scan implements AutoCloseable {

  private final Fitter fitter;
  private @Nullable Thread thread; // guarded by this; null while none goes on
  private volatile Progress progress = new Progress("", 0, 0, List.of(), "");

  /**
   * How far it is.
   *
   * @param bus empty before the first
   * @param asked addresses so far, of {@code all} that will be
   * @param trouble why it ended before, in the gateway's words; empty when it did not
   */
  record Progress(String bus, int asked, int all, List<Somebody> found, String trouble) {

    Progress {
      found = List.copyOf(found);
    }
  }

  Scan(Fitter fitter) {
    this.fitter = fitter;
  }

  Progress progress() {
    return progress;
  }

  synchronized boolean goesOn() {
    return thread != null;
  }

  /** Begins at the first of the addresses; not while one goes on. */
  synchronized boolean begin(String bus, List<String> addresses) {
    if (thread != null) {
      return false;
    }
    progress = new Progress(bus, 0, addresses.size(), List.of(), "");
    thread = Thread.ofVirtual().name("page-scan").start(() -> ask(bus, addresses));
    return true;
  }

  /** Ends it; what was found so far stays. */
  synchronized void stop() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }

  private void ask(String bus, List<String> addresses) {
    try {
      var found = new ArrayList<Somebody>();
      var trouble = "";
      for (int asked = 0; asked < addresses.size() && trouble.isEmpty(); asked++) {
        switch (fitter.meet(bus, addresses.get(asked))) {
          case Met.Nobody() -> {}
          case Somebody somebody -> found.add(somebody);
          case Met.Unasked(var why) -> trouble = why;
        }
        progress = new Progress(bus, asked + 1, addresses.size(), found, trouble);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt(); // So it ends.
    } finally {
      ended();
    }
  }

  private synchronized void ended() {
    thread = null;
  }
}
