package org.kerbside.deploy.demo.peers;

/** How the devices of one bus speak to the gateway. Used by one thread, but for {@link #close}. */
interface Door extends AutoCloseable {

  /** What the devices of that asset measure from now on. */
  void hear(String asset, Said said);

  /** Says what is to be said without being asked, if it can be said now. Returns at once. */
  void speak();

  /** For people: how many devices, and where. */
  String place();

  @Override
  void close();
}
