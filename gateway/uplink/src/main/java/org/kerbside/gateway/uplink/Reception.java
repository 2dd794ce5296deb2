package org.kerbside.gateway.uplink;

import org.jspecify.annotations.Nullable;

/**
 * How the city's broker receives the certificate that we show it. Told by the connections, asked by
 * who looks after the certificate. Thread-safe.
 */
public final class Reception {

  private volatile @Nullable Verdict last;
  private volatile @Nullable String note;
  private volatile Runnable heard = () -> {};

  /** Of the certificate that was shown last; null while none was judged. */
  public @Nullable Verdict last() {
    return last;
  }

  /**
   * Hears that there is another verdict; on a connection's thread, must return at once.
   *
   * @param heard in the place of who heard before
   */
  public void whenHeard(Runnable heard) {
    this.heard = heard;
  }

  /**
   * What people are to know though the link stands.
   *
   * @param note null: nothing
   */
  public void note(@Nullable String note) {
    this.note = note;
  }

  @Nullable String note() {
    return note;
  }

  void taken(String shown) {
    told(new Verdict(shown, 0, ""));
  }

  void refused(String shown, String why) {
    var before = last;
    int times = before != null && before.shown().equals(shown) ? before.refusals() : 0;
    told(new Verdict(shown, times + 1, why));
  }

  /** One connection after another. */
  private void told(Verdict verdict) {
    if (!verdict.shown().isEmpty() && !verdict.equals(last)) {
      last = verdict;
      heard.run();
    }
  }
}
