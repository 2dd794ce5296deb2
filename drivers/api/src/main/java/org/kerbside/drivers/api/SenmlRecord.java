package org.kerbside.drivers.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.Senml.Form;
import org.kerbside.gateway.model.Value;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * One record of a SenML pack while it is read, resolved against the pack's base (RFC 8428 §4.6).
 */
final class SenmlRecord {

  private static final int MOST_NAME = 255;
  private static final double RELATIVE_BELOW = 1 << 28; // s, RFC 8428 §4.5.3
  private static final double LAST_SECOND = 253_402_300_799.0; // the end of the year 9999
  private static final long VERSION = 10;
  private static final long SECONDARY_UNITS = 1 << 4; // RFC 9100 §4: the one feature we know

  // RFC 8428 §6, labels -6 to 8.
  private static final String[] CBOR_LABELS = {
    "bs", "bv", "bu", "bt", "bn", "bver", "n", "u", "v", "vs", "vb", "s", "t", "ut", "vd"
  };

  /** The base fields: they hold on through the pack, from record to record. */
  static final class Base {
    private String name = "";
    private @Nullable String unit;
    private double time;
    private boolean timed;
    private double value;
    private SenmlPack.Dating dating = SenmlPack.Dating.ABSOLUTE;

    /** Of the records read so far. */
    SenmlPack.Dating dating() {
      return dating;
    }
  }

  private final Form form;
  private final JsonParser parser;
  private final Base base;
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

  SenmlRecord(Form form, JsonParser parser, Base base, int number) {
    this.form = form;
    this.parser = parser;
    this.base = base;
    this.number = number;
  }

  /** Reads it whole, and adds what it says or what is wrong with it. */
  void read(Instant receipt, List<SenmlPack.Entry> entries, List<String> problems)
      throws BadTelegram {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String label = label(parser.currentName());
      once(label);
      parser.nextToken();
      field(label);
    }
    close(receipt, entries, problems);
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
        expect((seen & 1 << i) == 0, "'%s' stands there twice", label);
        seen |= 1 << i;
      }
    }
  }

  private void field(String label) throws BadTelegram {
    switch (label) {
      case "bver" -> version();
      case "bn" -> base.name = baseWord(label);
      case "bu" -> base.unit = baseWord(label);
      case "bt" -> {
        base.time = baseNumber(label);
        base.timed = true;
      }
      case "bv" -> base.value = baseNumber(label);
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
    expect(!label.endsWith("_"), "'%s' must be understood", label);
    parser.skipChildren();
  }

  private void version() throws BadTelegram {
    double version = baseNumber("bver");
    expect(
        version <= VERSION || version == VERSION + SECONDARY_UNITS,
        "bver is %s: expected at most 10, or 26",
        version);
  }

  private void take(Value taken) {
    value = taken;
    values++;
  }

  private void close(Instant receipt, List<SenmlPack.Entry> entries, List<String> problems) {
    if (values == 0 && based && !named && !summed && problem == null) {
      return;
    }
    if (values != 1) {
      refuse(values > 1 ? "more than one value" : summed ? "a sum alone" : "no value");
    }
    String whole = base.name + name;
    if (!isName(whole)) {
      refuse("not a SenML name: expected letters, digits and - : . / _, at most 255");
    }
    Instant at = at(receipt);
    Value kept = value instanceof Value.Num(var own) ? based(own) : value;
    if (problem != null || kept == null) {
      problems.add("record %d: '%s': %s".formatted(number, told(whole), problem));
      return;
    }
    String symbol = unit == null ? base.unit : unit;
    entries.add(new SenmlPack.Entry(number, whole, symbol, kept, at));
  }

  private @Nullable Value based(double own) {
    double sum = own + base.value;
    if (Double.isFinite(sum)) {
      return base.value == 0 ? value : new Value.Num(sum);
    }
    refuse("base value and value together are no finite number");
    return null;
  }

  private @Nullable Instant at(Instant receipt) {
    if (!base.timed && !ownTime) {
      base.dating = SenmlPack.Dating.RECEIPT;
      return null;
    }
    double seconds = base.time + time;
    if (!(Math.abs(seconds) <= LAST_SECOND)) {
      refuse("not a time: got %s s".formatted(seconds));
      return null;
    }
    long whole = (long) Math.floor(seconds);
    // A double holds a time of our century to about 0.2 µs: finer digits are noise.
    long nanos = Math.round((seconds - whole) * 1e6) * 1000;
    if (seconds < RELATIVE_BELOW) {
      base.dating = SenmlPack.Dating.RECEIPT;
      return receipt.plusSeconds(whole).plusNanos(nanos);
    }
    return Instant.ofEpochSecond(whole, nanos);
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
    expect(parser.currentToken() == JsonToken.VALUE_STRING, "'%s' is no text", label);
    return parser.getString();
  }

  private double baseNumber(String label) throws BadTelegram {
    based = true;
    double base = parser.currentToken().isNumeric() ? parser.getDoubleValue() : Double.NaN;
    expect(Double.isFinite(base), "'%s' is no finite number", label);
    return base;
  }

  /**
   * A pack without it is refused whole.
   *
   * @param problem in which {@code %s} stands for {@code what}; made only when it is told
   */
  private void expect(boolean holds, String problem, Object what) throws BadTelegram {
    if (!holds) {
      throw Senml.broken(parser, "record %d: ".formatted(number) + problem.formatted(what));
    }
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
