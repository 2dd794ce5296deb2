package org.kerbside.gateway.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Frame;
import org.kerbside.gateway.model.Rendered;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.model.Wire;

/** One line a frame and one a reading, so that a test reads what was kept. */
record PlainWire(int padding) implements Wire {

  PlainWire() {
    this(0);
  }

  @Override
  public Rendered render(Frame frame) {
    var text = new StringBuilder();
    var place = frame.place();
    text.append(place.gateway()).append(' ').append(place.epoch());
    text.append(' ').append(place.stream().word()).append(' ').append(place.seq()).append('\n');
    switch (frame) {
      case Frame.Readings(var _, var _, var readings) -> {
        for (var reading : readings) {
          if (reading.value() instanceof Value.Num(var number)) {
            text.append(reading.point()).append(' ').append(reading.at().wall());
            text.append(' ').append(number).append(" ".repeat(padding)).append('\n');
          }
        }
      }
      case Frame.Single(var _, var _, Event.Health health) -> text.append(health.subject());
      case Frame.Single(var _, var _, var event) -> text.append(event);
    }
    return new Rendered(text.toString().getBytes(UTF_8), Rendered.Encoding.PLAIN);
  }

  @Override
  public List<Told> readings(Rendered frame) {
    var told = new ArrayList<Told>();
    var lines = new String(frame.payload(), UTF_8).lines().skip(1).toList();
    for (var line : lines) {
      var words = line.trim().split(" ", -1);
      var value = new Value.Num(Double.parseDouble(words[2]));
      told.add(new Told(words[0], Instant.parse(words[1]), value));
    }
    return told;
  }
}
