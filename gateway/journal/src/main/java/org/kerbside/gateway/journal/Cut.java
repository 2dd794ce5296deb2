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

  List<StoredFrame> events(long last, Moment at, List<Event> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    var frames = new ArrayList<StoredFrame>(events.size());
    long seq = last + 1;
    for (var event : events) {
      var place = new Place(gateway, epoch, Stream.EVENTS, seq);
      var rendered = wire.render(new Frame.Single(place, at, event));
      frames.add(new StoredFrame(Stream.EVENTS, seq++, rendered));
    }
    return frames;
  }
}
