package org.kerbside.drivers.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.gateway.model.Value;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.cbor.CBORFactory;

/**
 * Decodes SenML packs (RFC 8428, RFC 9100) in JSON and CBOR. At most 64 KiB, 500 records, names of
 * 255 characters. A record that says nonsense costs itself; a pack that is none is a bad telegram.
 */
public final class Senml {

  public static final int MOST_BYTES = 64 * 1024;
  public static final int MOST_RECORDS = 500;

  /** How a pack is written, and its CoAP content format. */
  public enum Form {
    JSON(110),
    CBOR(112);

    private final int contentFormat;

    Form(int contentFormat) {
      this.contentFormat = contentFormat;
    }

    public static @Nullable Form of(int contentFormat) {
      return contentFormat == JSON.contentFormat
          ? JSON
          : contentFormat == CBOR.contentFormat ? CBOR : null;
    }
  }

  private static final int MOST_NAME = 255;
  private static final double RELATIVE_BELOW = 1 << 28; // s, RFC 8428 §4.5.3
  private static final double LAST_SECOND = 253_402_300_799.0; // the end of the year 9999
  private static final long VERSION = 10;
  private static final long SECONDARY_UNITS = 1 << 4; // RFC 9100 §4: the one feature we know

  // RFC 8428 §6, labels -6 to 8.
  private static final String[] CBOR_LABELS = {
    "bs", "bv", "bu", "bt", "bn", "bver", "n", "u", "v", "vs", "vb", "s", "t", "ut", "vd"
  };

  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(8)
          .maxDocumentLength(MOST_BYTES)
          .maxStringLength(MOST_BYTES)
          .maxNameLength(256)
          .maxNumberLength(64)
          .build();
  private static final JsonFactory JSON =
      JsonFactory.builder().streamReadConstraints(LIMITS).build();
  private static final CBORFactory CBOR =
      CBORFactory.builder().streamReadConstraints(LIMITS).build();

  private final Form form;
  private final JsonParser parser;
  private final Instant receipt;
  private final List<SenmlPack.Entry> entries = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  // Base fields: they hold on through the pack.
  private String baseName = "";
  private @Nullable String baseUnit;
  private double baseTime;
  private boolean timed;
  private double baseValue;

  private Senml(Form form, JsonParser parser, Instant receipt) {
    this.form = form;
    this.parser = parser;
    this.receipt = receipt;
  }

  /**
   * Decodes a whole pack.
   *
   * @param receipt what relative times are counted from
   */
  public static SenmlPack decode(Form form, byte[] body, Instant receipt) throws BadTelegram {
    if (body.length == 0) {
      throw new BadTelegram("senml: the body is empty: expected an array of records");
    }
    if (body.length > MOST_BYTES) {
      throw new BadTelegram(
          "senml: the pack is too large: got %d bytes, expected at most %d; send it in parts"
              .formatted(body.length, MOST_BYTES));
    }
    try (var parser = open(form, body)) {
      return read(form, parser, receipt);
    }
  }

  private static JsonParser open(Form form, byte[] body) {
    return switch (form) {
      case JSON -> JSON.createParser(ObjectReadContext.empty(), body);
      case CBOR -> CBOR.createParser(ObjectReadContext.empty(), body);
    };
  }

  private static SenmlPack read(Form form, JsonParser parser, Instant receipt) throws BadTelegram {
    try {
      return new Senml(form, parser, receipt).pack();
    } catch (JacksonException told) {
      // Its own location is null where a limit is passed.
      throw new BadTelegram(
          "senml: not %s at byte %d: %s"
              .formatted(
                  form,
                  parser.currentLocation().getByteOffset(),
                  firstLine(told.getOriginalMessage())));
    }
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }

  private SenmlPack pack() throws BadTelegram {
    expect(parser.nextToken() == JsonToken.START_ARRAY, "the pack is no array of records");
    int number = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      number++;
      expect(number <= MOST_RECORDS, "more than %d records".formatted(MOST_RECORDS));
      expect(
          parser.currentToken() == JsonToken.START_OBJECT,
          "record %d is no object".formatted(number));
      new Fields(number).read();
    }
    expect(number > 0, "the pack has no record");
    expect(parser.nextToken() == null, "something follows the pack");
    return new SenmlPack(entries, problems);
  }

  private void expect(boolean holds, String problem) throws BadTelegram {
    if (!holds) {
      throw new BadTelegram(
          "senml: %s at byte %d; send a pack as in RFC 8428"
              .formatted(problem, parser.currentTokenLocation().getByteOffset()));
    }
  }

  /** One record while it is read. */
  private final class Fields {

    private final int number;
    private String name = "";
    private @Nullable String unit;
    private double time;
    private boolean ownTime;
    private @Nullable Value value;
    private int values;
    private boolean summed;
    private boolean based;
    private boolean named;
    private @Nullable String problem;
    private int seen;

    Fields(int number) {
      this.number = number;
    }

    void read() throws BadTelegram {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String label = label(parser.currentName());
        once(label);
        parser.nextToken();
        field(label);
      }
      close();
    }

    private String label(String written) {
      if (form == Form.JSON || written.isEmpty() || written.length() > 2) {
        return written;
      }
      try {
        int index = Integer.parseInt(written) + 6;
        return index >= 0 && index < CBOR_LABELS.length ? CBOR_LABELS[index] : written;
      } catch (NumberFormatException aWord) {
        return written;
      }
    }

    /** A second one would have to win or lose; neither is said anywhere. */
    private void once(String label) throws BadTelegram {
      for (int i = 0; i < CBOR_LABELS.length; i++) {
        if (CBOR_LABELS[i].equals(label)) {
          expect(
              (seen & 1 << i) == 0, "record %d: '%s' stands there twice".formatted(number, label));
          seen |= 1 << i;
        }
      }
    }

    private void field(String label) throws BadTelegram {
      switch (label) {
        case "bver" -> version();
        case "bn" -> baseName = baseWord(label);
        case "bu" -> baseUnit = baseWord(label);
        case "bt" -> {
          baseTime = baseNumber(label);
          timed = true;
        }
        case "bv" -> baseValue = baseNumber(label);
        case "bs" -> baseNumber(label);
        case "n" -> {
          name = word(label);
          named = true;
        }
        case "u" -> unit = word(label);
        case "t" -> {
          time = number(label);
          ownTime = true;
        }
        case "v" -> take(new Value.Num(number(label)));
        case "vs" -> take(new Value.State(word(label)));
        case "vb" -> take(flag(label));
        case "vd" -> {
          refuse("binary data is not taken here: got 'vd', expected v, vs or vb");
          values++;
          parser.skipChildren();
        }
        case "s" -> {
          number(label);
          summed = true;
        }
        default -> other(label);
      }
    }

    private void other(String label) throws BadTelegram {
      // RFC 8428 §4.4: whoever does not know such a label must not read the pack.
      expect(!label.endsWith("_"), "record %d: '%s' must be understood".formatted(number, label));
      parser.skipChildren();
    }

    private void version() throws BadTelegram {
      double version = baseNumber("bver");
      expect(
          version <= VERSION || version == VERSION + SECONDARY_UNITS,
          "record %d: bver is %s: expected at most 10, or 26".formatted(number, version));
    }

    private void take(Value taken) {
      value = taken;
      values++;
    }

    private void close() {
      if (values == 0 && based && !named && !summed && problem == null) {
        return;
      }
      if (values != 1) {
        refuse(values > 1 ? "more than one value" : summed ? "a sum alone" : "no value");
      }
      String whole = baseName + name;
      if (!isName(whole)) {
        refuse("not a SenML name: expected letters, digits and - : . / _, at most 255");
      }
      Instant at = at();
      Value kept = value instanceof Value.Num(var own) ? based(own) : value;
      if (problem != null || kept == null) {
        problems.add("record %d: '%s': %s".formatted(number, told(whole), problem));
        return;
      }
      String symbol = unit == null ? baseUnit : unit;
      entries.add(new SenmlPack.Entry(number, whole, symbol, kept, at));
    }

    private @Nullable Value based(double own) {
      double sum = own + baseValue;
      if (Double.isFinite(sum)) {
        return baseValue == 0 ? value : new Value.Num(sum);
      }
      refuse("base value and value together are no finite number");
      return null;
    }

    private @Nullable Instant at() {
      if (!timed && !ownTime) {
        return null;
      }
      double seconds = baseTime + time;
      if (!(Math.abs(seconds) <= LAST_SECOND)) {
        refuse("not a time: got %s s".formatted(seconds));
        return null;
      }
      long whole = (long) Math.floor(seconds);
      // A double holds a time of our century to about 0.2 µs: finer digits are noise.
      long nanos = Math.round((seconds - whole) * 1e6) * 1000;
      return seconds < RELATIVE_BELOW
          ? receipt.plusSeconds(whole).plusNanos(nanos)
          : Instant.ofEpochSecond(whole, nanos);
    }

    private String word(String label) {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        return parser.getString();
      }
      wrong(label, "text");
      return "";
    }

    private double number(String label) {
      if (parser.currentToken().isNumeric()) {
        double number = parser.getDoubleValue();
        if (Double.isFinite(number)) {
          return number;
        }
      }
      wrong(label, "a finite number");
      return 0;
    }

    private Value flag(String label) {
      if (!parser.currentToken().isBoolean()) {
        wrong(label, "true or false");
      }
      return Value.Flag.of(parser.currentToken() == JsonToken.VALUE_TRUE);
    }

    private String baseWord(String label) throws BadTelegram {
      based = true;
      expect(
          parser.currentToken() == JsonToken.VALUE_STRING,
          "record %d: '%s' is no text".formatted(number, label));
      return parser.getString();
    }

    private double baseNumber(String label) throws BadTelegram {
      based = true;
      double base = parser.currentToken().isNumeric() ? parser.getDoubleValue() : Double.NaN;
      expect(Double.isFinite(base), "record %d: '%s' is no finite number".formatted(number, label));
      return base;
    }

    private void wrong(String label, String expected) {
      var token = parser.currentToken();
      String got =
          token.isStructStart()
              ? "a structure"
              : token == JsonToken.VALUE_EMBEDDED_OBJECT ? "bytes" : told(parser.getString());
      refuse("'%s': got '%s', expected %s".formatted(label, got, expected));
      parser.skipChildren();
    }

    /** The first reason is the one that is told. */
    private void refuse(String reason) {
      problem = problem == null ? reason : problem;
    }
  }

  private static String told(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  /** RFC 8428 §4.5.1. */
  private static boolean isName(String name) {
    if (name.isEmpty() || name.length() > MOST_NAME || !isLetterOrDigit(name.charAt(0))) {
      return false;
    }
    for (int i = 1; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isLetterOrDigit(c) && "-:./_".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }
}
