package org.kerbside.drivers.lorawan;

import org.kerbside.drivers.api.Receipt;

/** One message that became several deliveries: it is kept when all of them are. Thread-safe. */
final class Together implements Receipt {

  private final Receipt sender;
  private final Runnable whenKept;
  private int open;
  private boolean told;

  Together(int deliveries, Receipt sender, Runnable whenKept) {
    this.open = deliveries;
    this.sender = sender;
    this.whenKept = whenKept;
  }

  @Override
  public void kept() {
    synchronized (this) {
      open--;
      if (open > 0 || told) {
        return;
      }
      told = true;
    }
    whenKept.run();
    sender.kept();
  }

  @Override
  public void refused(String reason) {
    synchronized (this) {
      if (told) {
        return;
      }
      told = true;
    }
    sender.refused(reason);
  }
}
