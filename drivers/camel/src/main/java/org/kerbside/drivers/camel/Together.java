package org.kerbside.drivers.camel;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Receipt;

/** One message that became several deliveries: it is kept when all of them are. Thread-safe. */
final class Together implements Receipt {

  private final Consumer<@Nullable String> end;
  private int open;
  private boolean told;

  /**
   * @param end told once: nothing when all are kept, else why one is not
   */
  Together(int deliveries, Consumer<@Nullable String> end) {
    this.open = deliveries;
    this.end = end;
  }

  @Override
  public void kept() {
    if (isLast()) {
      end.accept(null);
    }
  }

  private synchronized boolean isLast() {
    open--;
    boolean isLast = open == 0 && !told;
    told |= isLast;
    return isLast;
  }

  @Override
  public void refused(String reason) {
    synchronized (this) {
      if (told) {
        return;
      }
      told = true;
    }
    end.accept(reason);
  }
}
