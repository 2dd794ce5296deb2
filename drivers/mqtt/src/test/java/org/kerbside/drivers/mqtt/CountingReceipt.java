package org.kerbside.drivers.mqtt;

import org.kerbside.drivers.api.Receipt;

/** Counts how often it was told that a message is kept. Belongs to one thread. */
final class CountingReceipt implements Receipt {

  int kept;

  @Override
  public void kept() {
    kept++;
  }

  @Override
  public void refused(String reason) {
    throw new AssertionError(reason);
  }
}
