package org.kerbside.drivers.modbus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes few requests of many places: what stands close together is read at once. */
final class Reads {

  private static final Comparator<Slot.Place> IN_ORDER =
      Comparator.comparing(Slot.Place::table)
          .thenComparingInt(Slot.Place::address)
          .thenComparingInt(Slot.Place::end);

  private Reads() {}

  /**
   * Covers all places, each table by itself, from low to high.
   *
   * @param gap so many registers between two places are read along
   * @param most so many registers in one request; a lone place may be larger
   */
  static List<Request.Read> of(Collection<Slot.Place> places, int gap, int most) {
    var reads = new ArrayList<Request.Read>();
    Request.@Nullable Read open = null;
    for (var place : places.stream().sorted(IN_ORDER).toList()) {
      var wider = open == null ? null : wider(open, place, gap, most);
      if (wider == null) {
        if (open != null) {
          reads.add(open);
        }
        open = new Request.Read(place.table(), place.address(), place.layout().size());
      } else {
        open = wider;
      }
    }
    if (open != null) {
      reads.add(open);
    }
    return reads;
  }

  /** The read with the place in it; null where that is too far or too much. */
  private static Request.@Nullable Read wider(
      Request.Read read, Slot.Place place, int gap, int most) {
    int end = read.address() + read.count();
    int count = Math.max(end, place.end()) - read.address();
    boolean joins =
        place.table() == read.table()
            && place.address() <= end + gap
            && count <= Math.min(most, read.table().most());
    return joins ? new Request.Read(read.table(), read.address(), count) : null;
  }
}
