package org.kerbside.gateway.model;

import java.util.List;

/** One journal entry, one MQTT message: the readings of one commit, or one event. */
public sealed interface Frame {

  /** The most readings that a frame carries. */
  int MOST_READINGS = 500;

  Place place();

  /** When it was framed; the reference for boot-relative times. */
  Moment at();

  record Readings(Place place, Moment at, List<Reading> readings) implements Frame {
    public Readings {
      readings = List.copyOf(readings);
    }
  }

  record Single(Place place, Moment at, Event event) implements Frame {}

  /**
   * What somebody did, chained to what was done before it.
   *
   * @param before the link of the audit event before it: {@link Wire#link}
   */
  record Chained(Place place, Moment at, Event.Audit audit, String before) implements Frame {}
}
