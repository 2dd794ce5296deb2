package org.kerbside.gateway.journal;

import java.util.ArrayList;
import java.util.List;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Frame;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Place;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.Wire;

/** Cuts an entry into frames that the contract allows, and renders each once and for all. */
record Cut(String gateway, String epoch, Wire wire) {

  /** The most bytes of a frame of readings, as rendered. */
  static final int MOST_BYTES = 128 * 1024;

  List<StoredFrame> readings(long last, Moment at, List<Reading> readings) {
    if (readings.isEmpty()) {
      return List.of();
    }
    var frames = new ArrayList<StoredFrame>(readings.size() / Frame.MOST_READINGS + 1);
    int most = Frame.MOST_READINGS;
    long seq = last + 1;
    for (int from = 0; from < readings.size(); ) {
      int to = Math.min(readings.size(), from + most);
      var place = new Place(gateway, epoch, Stream.READINGS, seq);
      var rendered = wire.render(new Frame.Readings(place, at, readings.subList(from, to)));
      if (rendered.payload().length > MOST_BYTES && to - from > 1) {
        most = (to - from) / 2;
      } else {
        frames.add(new StoredFrame(Stream.READINGS, seq++, rendered));
        from = to;
      }
    }
    return frames;
  }

  /**
   * Events as they are told.
   *
   * @param audit the link of the last audit event among them, or before them
   */
  record Told(List<StoredFrame> frames, String audit) {}

  /**
   * Cuts events.
   *
   * @param audit the link of the audit event before them
   */
  Told events(long last, String audit, Moment at, List<Event> events) {
    var frames = new ArrayList<StoredFrame>(events.size());
    var link = audit;
    for (var event : events) {
      var place = new Place(gateway, epoch, Stream.EVENTS, last + 1 + frames.size());
      var rendered = wire.render(frame(place, at, event, link));
      if (event instanceof Event.Audit) {
        link = Chain.own(wire, rendered);
      }
      frames.add(new StoredFrame(Stream.EVENTS, place.seq(), rendered));
    }
    return new Told(frames, link);
  }

  private static Frame frame(Place place, Moment at, Event event, String before) {
    return event instanceof Event.Audit audit
        ? new Frame.Chained(place, at, audit, before)
        : new Frame.Single(place, at, event);
  }
}
