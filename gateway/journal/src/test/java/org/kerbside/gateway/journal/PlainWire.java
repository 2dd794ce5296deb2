package org.kerbside.gateway.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Frame;
import org.kerbside.gateway.model.Instead;
import org.kerbside.gateway.model.Place;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Rendered;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.model.Wire;

/** One line a frame and one a reading, so that a test reads what was kept. */
record PlainWire(int padding) implements Wire {

  PlainWire() {
    this(0);
  }

  @Override
  public Rendered render(Frame frame) {
    var text = head(frame.place());
    switch (frame) {
      case Frame.Readings(var _, var _, var readings) -> {
        text.append('\n');
        readings.forEach(reading -> write(text, line(reading)));
      }
      case Frame.Single(var _, var _, Event.Health health) ->
          text.append('\n').append(health.subject());
      case Frame.Single(var _, var _, var event) -> text.append('\n').append(event);
      case Frame.Chained(var _, var _, var audit, var before) ->
          text.append("\naudit ").append(before).append(' ').append(audit.subject());
    }
    return rendered(text);
  }

  @Override
  public Rendered retold(Place place, Contents contents) {
    var text = head(place);
    var thin = contents.thin();
    text.append(thin == null ? "" : " " + thin).append('\n');
    contents.lines().forEach(line -> write(text, line));
    return rendered(text);
  }

  private static StringBuilder head(Place place) {
    var text = new StringBuilder();
    text.append(place.gateway()).append(' ').append(place.epoch());
    return text.append(' ').append(place.stream().word()).append(' ').append(place.seq());
  }

  private static Rendered rendered(StringBuilder text) {
    return new Rendered(text.toString().getBytes(UTF_8), Rendered.Encoding.PLAIN);
  }

  private static Line line(Reading reading) {
    var why =
        switch (reading.quality()) {
          case Quality.Good() -> null;
          case Quality.Uncertain(var reason) -> reason.text();
          case Quality.Bad(var reason) -> reason.text();
        };
    var at = reading.at().wall();
    return new Line(reading.point().toString(), "", at, reading.value(), why, 1);
  }

  private void write(StringBuilder text, Line line) {
    text.append(line.point()).append(' ').append(line.at().toEpochMilli()).append(' ');
    text.append(
        switch (line.value()) {
          case null -> "-";
          case Value.Num(var number) -> Double.toString(number);
          case Value.Flag(var flag) -> Boolean.toString(flag);
          case Value.State(var word) -> "=" + word;
        });
    if (line.why() != null) {
      text.append(" ?").append(line.why().replace(' ', '_'));
    }
    if (line.readings() > 1) {
      text.append(" *").append(line.readings());
    }
    text.append(" ".repeat(padding)).append('\n');
  }

  @Override
  public List<Told> readings(Rendered frame) {
    var told = new ArrayList<Told>();
    for (var line : contents(frame).lines()) {
      var value = line.value();
      if (value != null && line.readings() == 1) {
        told.add(new Told(line.point(), line.at(), value));
      }
    }
    return told;
  }

  @Override
  public Rendered moved(StoredFrame frame, Place place) {
    var text = new String(frame.rendered().payload(), UTF_8);
    int end = text.indexOf('\n');
    if (!text.startsWith("G-1 ") || !text.substring(0, end).endsWith(" " + frame.seq())) {
      throw new IllegalArgumentException("not as rendered");
    }
    return rendered(head(place).append(text.substring(end).replace("\naudit ", "\nmoved audit ")));
  }

  /** Of what stands behind the place. */
  @Override
  public @Nullable Link link(Rendered frame) {
    var text = new String(frame.payload(), UTF_8);
    var told = text.substring(text.indexOf('\n') + 1).split(" ", 3);
    return told[0].equals("audit") ? new Link(told[1], hash(told[1] + ' ' + told[2])) : null;
  }

  private static String hash(String text) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public Contents contents(Rendered frame) {
    var text = new String(frame.payload(), UTF_8).lines().toList();
    var head = text.getFirst().split(" ", -1);
    var lines = text.stream().skip(1).map(PlainWire::line).toList();
    var thin = head.length > 4 ? Instead.valueOf(head[4]) : null;
    return new Contents(ClockQuality.SYNC, null, thin, lines);
  }

  private static Line line(String text) {
    var words = text.trim().split(" ", -1);
    @Nullable String why = null;
    long readings = 1;
    for (int i = 3; i < words.length; i++) {
      if (words[i].startsWith("?")) {
        why = words[i].substring(1).replace('_', ' ');
      } else {
        readings = Long.parseLong(words[i].substring(1));
      }
    }
    return new Line(
        words[0],
        "",
        Instant.ofEpochMilli(Long.parseLong(words[1])),
        value(words[2]),
        why,
        readings);
  }

  private static @Nullable Value value(String word) {
    return switch (word) {
      case "-" -> null;
      case "true" -> Value.Flag.TRUE;
      case "false" -> Value.Flag.FALSE;
      default ->
          word.startsWith("=")
              ? new Value.State(word.substring(1))
              : new Value.Num(Double.parseDouble(word));
    };
  }
}
