package org.kerbside.gateway.bench;

import java.io.IOException;

/** What stands between the two brokers and is measured: one process of its own. */
interface Subject extends AutoCloseable {

  long pid();

  /** Returns when it carries. */
  void awaitReady() throws Exception;

  default Usage usage() throws IOException {
    return Usage.of(pid());
  }

  /** An orderly end. */
  @Override
  void close();
}
