package org.kerbside.drivers.lorawan;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.lorawan.Event.Dating;
import org.kerbside.drivers.lorawan.Event.Hearing;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * ChirpStack's JSON → an event, by streaming. What has its default value is not in it (protobuf's
 * JSON mapping): a missing fCnt is 0. Used once.
 */
final class EventReader {

  /** Larger ones are refused: an uplink has 242 bytes, and its object and gateways a few kB. */
  static final int MOST_BYTES = 64 * 1024;

  private static final int MOST_TELEGRAM = 255; // bytes

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(64) // a codec of the server's may build deep objects
                  .maxNameLength(1024)
                  .maxNumberLength(64)
                  .build())
          .build();

  private final JsonParser parser;

  // What was met so far.
  private @Nullable String id;
  private @Nullable Instant time;
  private Dating dating = Dating.MISSING;
  private @Nullable String eui;
  private long count;
  private int port;
  private Telegram telegram = Telegram.NONE;
  private double rssi = Double.NaN;
  private double snr = Double.NaN;
  private double battery = Double.NaN;
  private boolean isBatteryKnown = true;
  private @Nullable String order;
  private Hearing hearing = Hearing.NOT_HEARD;
  private String code = "UNKNOWN";
  private String description = "";

  private EventReader(JsonParser parser) {
    this.parser = parser;
  }

  /** Null for events that say nothing here: location, integration, txack; sent is not yet heard. */
  static @Nullable Event read(EventTopic topic, byte[] body) throws BadTelegram {
    if (body.length > MOST_BYTES) {
      throw new BadTelegram(
          "the event is too large: got %d bytes, expected at most %d"
              .formatted(body.length, MOST_BYTES));
    }
    try (var parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      return read(topic, parser);
    } catch (JacksonException told) { // already while it looks how the bytes are to be read
      throw new BadTelegram("not JSON: " + told.getOriginalMessage());
    }
  }

  private static @Nullable Event read(EventTopic topic, JsonParser parser) throws BadTelegram {
    try {
      var reader = new EventReader(parser);
      reader.object(reader::field);
      if (parser.nextToken() != null) {
        throw new BadTelegram("something follows the event");
      }
      if (reader.eui != null && !reader.eui.equalsIgnoreCase(topic.eui())) {
        throw new BadTelegram("the event is of device '%s'".formatted(reader.eui));
      }
      return reader.event(topic.type());
    } catch (JacksonException told) {
      throw new BadTelegram(
          "not JSON at byte %d: %s; set ChirpStack's integration.mqtt to json"
              .formatted(
                  parser.currentLocation().getByteOffset(),
                  told.getOriginalMessage().lines().findFirst().orElse("")));
    }
  }

  private @Nullable Event event(String type) {
    return switch (type) {
      case "up" -> new Event.Up(id, time, dating, count, port, telegram, rssi, snr);
      case "status" -> new Event.Status(id, time, isBatteryKnown ? battery : Double.NaN);
      case "join" -> new Event.Joined();
      case "ack" -> new Event.Answered(order, hearing);
      case "log" -> new Event.Complaint(code, description);
      default -> null;
    };
  }

  /** Reads one value; may leave a structure where it begins. */
  private interface Fields {
    void read(String name, JsonToken token) throws BadTelegram;
  }

  private void object(Fields fields) throws BadTelegram {
    var first = parser.currentToken() == null ? parser.nextToken() : parser.currentToken();
    if (first != JsonToken.START_OBJECT) {
      throw new BadTelegram("no JSON object: got %s".formatted(first));
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      fields.read(name, parser.nextToken());
      parser.skipChildren();
    }
  }

  private void field(String name, JsonToken token) throws BadTelegram {
    switch (name) {
      case "deduplicationId" -> id = text(token, id);
      case "time" -> readTime(token);
      case "deviceInfo" -> nested(token, this::deviceField);
      case "fCnt" -> count = whole(name, token, 0xFFFF_FFFFL);
      case "fPort" -> port = (int) whole(name, token, 255);
      case "data" -> telegram = telegram(token);
      case "rxInfo" -> readRadio(token);
      case "batteryLevel" -> battery = number(token);
      case "batteryLevelUnavailable", "externalPowerSource" ->
          isBatteryKnown &= token != JsonToken.VALUE_TRUE;
      case "queueItemId" -> order = text(token, order);
      case "acknowledged" ->
          hearing = token == JsonToken.VALUE_TRUE ? Hearing.HEARD : Hearing.NOT_HEARD;
      case "code" -> code = orElse(text(token, code), code);
      case "description" -> description = orElse(text(token, description), description);
      default -> {} // the server's own codec says object, and much more that is not asked
    }
  }

  private void nested(JsonToken token, Fields fields) throws BadTelegram {
    if (token == JsonToken.START_OBJECT) {
      object(fields);
    }
  }

  private void deviceField(String name, JsonToken token) {
    if (name.equals("devEui")) {
      eui = text(token, eui);
    }
  }

  private void readTime(JsonToken token) {
    String written = text(token, null);
    try {
      if (written != null) {
        time = OffsetDateTime.parse(written).toInstant();
        dating = Dating.RIGHT;
        return;
      }
    } catch (DateTimeException none) {
      // It is no time: told by the dating.
    }
    dating = token == JsonToken.VALUE_NULL ? Dating.MISSING : Dating.WRONG;
  }

  /** Of several radio gateways that heard it the one that heard it best. */
  private void readRadio(JsonToken token) throws BadTelegram {
    if (token != JsonToken.START_ARRAY) {
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        var one = new double[] {Double.NaN, Double.NaN};
        object(
            (name, value) -> {
              if (name.equals("rssi")) {
                one[0] = number(value);
              } else if (name.equals("snr")) {
                one[1] = number(value);
              }
            });
        if (Double.isNaN(rssi) || one[0] > rssi) {
          rssi = one[0];
          snr = one[1];
        }
      } else {
        parser.skipChildren();
      }
    }
  }

  private Telegram telegram(JsonToken token) throws BadTelegram {
    String written = text(token, "");
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(written == null ? "" : written);
    } catch (IllegalArgumentException none) {
      throw new BadTelegram("'data' is no base64: %s".formatted(none.getMessage()));
    }
    if (bytes.length > MOST_TELEGRAM) {
      throw new BadTelegram(
          "%d bytes of payload: LoRaWAN has at most %d".formatted(bytes.length, MOST_TELEGRAM));
    }
    return new Telegram(bytes);
  }

  /** 64-bit integers are strings in protobuf's JSON, and these may become so. */
  private long whole(String name, JsonToken token, long most) throws BadTelegram {
    double number = token == JsonToken.VALUE_STRING ? parsed(parser.getString()) : number(token);
    if (number >= 0 && number <= most && number == Math.rint(number)) {
      return (long) number;
    }
    throw new BadTelegram(
        "'%s' is '%s': expected a whole number up to %d".formatted(name, parser.getString(), most));
  }

  private static double parsed(String written) {
    try {
      return Double.parseDouble(written);
    } catch (NumberFormatException none) {
      return Double.NaN;
    }
  }

  private double number(JsonToken token) {
    return token.isNumeric() ? parser.getDoubleValue() : Double.NaN;
  }

  private @Nullable String text(JsonToken token, @Nullable String otherwise) {
    return token == JsonToken.VALUE_STRING ? parser.getString() : otherwise;
  }

  private static String orElse(@Nullable String word, String otherwise) {
    return word == null ? otherwise : word;
  }
}
