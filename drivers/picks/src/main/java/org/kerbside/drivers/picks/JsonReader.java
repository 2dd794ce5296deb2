package org.kerbside.drivers.picks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.api.SenmlPack.Said;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Values, and their time, picked out of a JSON object by streaming: no tree on the hot path. A
 * value that is wrong costs itself; a message without any is a bad telegram. Used once.
 */
public final class JsonReader {

  private static final int DEEPEST = 32;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNameLength(256)
                  .maxNumberLength(64)
                  .build())
          .build();

  private final JsonParser parser;
  private final Aim aim;

  private final @Nullable Value[] values;
  private final List<String> problems = new ArrayList<>(0);
  private @Nullable Instant time;
  private boolean timeDoubted;

  /**
   * What of a message is meant for which points.
   *
   * @param tree of the layout's pointers
   * @param points of the layout's picks, in their order
   */
  public record Aim(JsonLayout layout, PointerTree tree, List<Point> points) {
    public Aim {
      points = List.copyOf(points);
    }
  }

  private JsonReader(JsonParser parser, Aim aim) {
    this.parser = parser;
    this.aim = aim;
    this.values = new @Nullable Value[aim.points().size()];
  }

  /** What a payload says that is one JSON object. */
  public static Said read(byte[] payload, Aim aim) throws BadTelegram {
    try (var parser = JSON.createParser(ObjectReadContext.empty(), payload)) {
      return read(parser, aim);
    } catch (JacksonException told) { // already while it looks how the bytes are to be read
      throw new BadTelegram("not JSON: " + told.getOriginalMessage());
    }
  }

  private static Said read(JsonParser parser, Aim aim) throws BadTelegram {
    try {
      return new JsonReader(parser, aim).said();
    } catch (JacksonException told) {
      throw new BadTelegram(
          "not JSON at byte %d: %s"
              .formatted(
                  parser.currentLocation().getByteOffset(),
                  told.getOriginalMessage().lines().findFirst().orElse("")));
    }
  }

  private Said said() throws BadTelegram {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new BadTelegram("no JSON object: got %s".formatted(parser.currentToken()));
    }
    object(aim.tree());
    if (parser.nextToken() != null) {
      throw new BadTelegram("something follows the JSON object");
    }
    var samples = samples();
    if (samples.isEmpty()) {
      throw new BadTelegram(problems.isEmpty() ? missing() : String.join("; ", problems));
    }
    return new Said(samples, problems);
  }

  private List<Sample> samples() {
    Quality quality = timeDoubted ? new Quality.Uncertain(Reason.SOURCE_TIME) : Quality.GOOD;
    var samples = new ArrayList<Sample>(values.length);
    for (int i = 0; i < values.length; i++) {
      var value = values[i];
      if (value != null) {
        var unit = value instanceof Value.Num ? aim.layout().picks().get(i).unit() : null;
        samples.add(new Sample(aim.points().get(i).name(), value, unit, quality, time));
      }
    }
    return samples;
  }

  private String missing() {
    return aim.layout().picks().stream()
        .map(pick -> "'%s'".formatted(pick.pointer()))
        .collect(Collectors.joining(", ", "no value at ", ""));
  }

  private void object(PointerTree tree) {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var below = tree.below(parser.currentName());
      take(below, parser.nextToken());
    }
  }

  private void array(PointerTree tree) {
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      take(tree.below(Integer.toString(i)), parser.currentToken());
    }
  }

  private void take(@Nullable PointerTree tree, JsonToken token) {
    if (tree != null) {
      for (int leaf : tree.leaves()) {
        take(leaf, token);
      }
      if (tree.leadsOn() && token.isStructStart()) {
        if (token == JsonToken.START_OBJECT) {
          object(tree);
        } else {
          array(tree);
        }
        return;
      }
    }
    parser.skipChildren();
  }

  private void take(int leaf, JsonToken token) {
    if (leaf == values.length) {
      readTime(token);
      return;
    }
    var pick = aim.layout().picks().get(leaf);
    var value = value(pick, aim.points().get(leaf), token);
    values[leaf] = value;
    if (value == null) {
      problems.add(
          "'%s' is '%s': expected %s"
              .formatted(
                  pick.pointer(), parser.getString(), pick.expected(aim.points().get(leaf))));
    }
  }

  private @Nullable Value value(Pick pick, Point point, JsonToken token) {
    if (token.isNumeric()) {
      return pick.number(parser.getDoubleValue(), point);
    }
    if (token.isBoolean()) {
      return pick.flag(token == JsonToken.VALUE_TRUE, point);
    }
    return token == JsonToken.VALUE_STRING ? pick.word(parser.getString(), point) : null;
  }

  /** A time that is none spoils the time, not the values. */
  private void readTime(JsonToken token) {
    var dating = aim.layout().dating();
    time =
        token.isNumeric()
            ? dating.time(parser.getDoubleValue())
            : token == JsonToken.VALUE_STRING ? dating.time(parser.getString()) : null;
    timeDoubted = time == null;
  }
}
