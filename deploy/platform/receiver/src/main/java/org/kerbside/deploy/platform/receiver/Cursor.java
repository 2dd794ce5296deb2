package org.kerbside.deploy.platform.receiver;

import java.util.ArrayList;
import java.util.List;
import org.kerbside.gateway.model.Ranges;

/**
 * How far one stream of a gateway has come: a set of ranges, because live frames overtake backlog
 * and a shared subscription keeps no order. Of one transaction.
 */
final class Cursor {

  final long id;
  final Place place;
  final Ranges received;

  /** What gap events say will never come. */
  final Ranges explained;

  long repeats;

  /** Repeats that were not the same bytes. */
  long changed;

  long marked; // the seq of the last watermark
  long markedAt; // milliseconds since 1970, as all times here
  int asked; // watermarks in a row that needed something

  Cursor(long id, Place place, Ranges received, Ranges explained) {
    this.id = id;
    this.place = place;
    this.received = received;
    this.explained = explained;
  }

  /** All up to here is stored or explained. */
  long end() {
    return missing(1) - 1;
  }

  /** What is neither stored nor explained, up to {@code top}; at most so many spans. */
  List<Watermark.Span> holes(long top, int most) {
    var holes = new ArrayList<Watermark.Span>();
    for (long first = missing(1); first <= top && holes.size() < most; ) {
      long end = Math.min(received.holeEnd(first), explained.holeEnd(first));
      long last = Math.min(top, end);
      holes.add(new Watermark.Span(first, last));
      first = missing(last + 1);
    }
    return holes;
  }

  private long missing(long from) {
    long seq = from;
    for (long next = next(seq); next != seq; next = next(seq)) {
      seq = next;
    }
    return seq;
  }

  private long next(long seq) {
    return explained.missing(received.missing(seq));
  }
}
