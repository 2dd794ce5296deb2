package org.kerbside.gateway.model;

/** Where rooms that show read. Thread-safe; a waiting commit is never a stale page. */
public interface SiteView {

  Site site();

  Overview overview();

  /** The way up, as it stands. */
  UplinkView uplink();

  /** Rises with every turn that changed something to see; cheap. */
  long revision();
}
