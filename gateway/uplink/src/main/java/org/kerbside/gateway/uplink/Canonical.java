package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What a signature is over: a JSON object without its member {@code sig}, written by RFC 8785
 * (JCS): no blanks, members sorted by UTF-16, numbers as ECMAScript prints doubles. So whoever
 * signs may write it as he likes, and a bridge may write it anew.
 */
final class Canonical {

  static final String SIGNATURE = "sig";

  /** Below it the shortest digits of ECMAScript and of Java may differ; no quantity is so small. */
  private static final double SMALLEST = 1e-300;

  private static final int PLAIN = 21; // digits before ECMAScript begins with exponents

  private Canonical() {}

  /**
   * An object that may be signed.
   *
   * @param members all but the signature, each as it is signed
   * @param signature as it was written; absent where there is none
   */
  record Signed(SortedMap<String, String> members, @Nullable String signature) {

    byte[] bytes() {
      return object(members).getBytes(UTF_8);
    }

    /** Whether a member is this text. */
    boolean says(String name, String text) {
      return quoted(text).equals(members.get(name));
    }
  }

  /** Reads the object that begins at the parser's next token, to its end. */
  static Signed read(JsonParser json) throws Malformed {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new Malformed("not a JSON object");
    }
    var members = new TreeMap<String, String>();
    String signature = null;
    for (var name = json.nextName(); name != null; name = json.nextName()) {
      var token = json.nextToken();
      if (name.equals(SIGNATURE)) {
        signature = signature(token, json);
      } else {
        members.put(name, value(token, json));
      }
    }
    if (json.nextToken() != null) {
      throw new Malformed("something follows the last brace");
    }
    return new Signed(members, signature);
  }

  private static String signature(JsonToken token, JsonParser json) throws Malformed {
    if (token != JsonToken.VALUE_STRING) {
      throw new Malformed("'%s' is no text".formatted(SIGNATURE));
    }
    return json.getString();
  }

  private static String value(JsonToken token, JsonParser json) throws Malformed {
    return switch (token) {
      case VALUE_NULL -> "null";
      case VALUE_TRUE -> "true";
      case VALUE_FALSE -> "false";
      case VALUE_STRING -> quoted(json.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(json.getDoubleValue());
      case START_ARRAY -> array(json);
      case START_OBJECT -> object(json);
      default -> throw new Malformed("'%s' is no value".formatted(token));
    };
  }

  private static String array(JsonParser json) throws Malformed {
    var items = new ArrayList<String>();
    for (var token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
      items.add(value(token, json));
    }
    return "[" + String.join(",", items) + "]";
  }

  private static String object(JsonParser json) throws Malformed {
    var members = new TreeMap<String, String>(); // a String compares itself by UTF-16, as JCS asks
    for (var name = json.nextName(); name != null; name = json.nextName()) {
      members.put(name, value(json.nextToken(), json));
    }
    return object(members);
  }

  private static String object(SortedMap<String, String> members) {
    var all = new ArrayList<String>();
    members.forEach((name, value) -> all.add(quoted(name) + ":" + value));
    return "{" + String.join(",", all) + "}";
  }

  /** ECMAScript's {@code Number::toString}, radix 10; the digits are Java's shortest. */
  static String number(double number) throws Malformed {
    if (number == 0) {
      return "0"; // -0 as well
    }
    if (!Double.isFinite(number) || Math.abs(number) < SMALLEST) {
      throw new Malformed("%s is no number that can be signed".formatted(number));
    }
    var shortest = new BigDecimal(Double.toString(Math.abs(number))).stripTrailingZeros();
    var digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale(); // where it stands, counted from the first digit
    return (number < 0 ? "-" : "") + placed(digits, point);
  }

  private static String placed(String digits, int point) {
    int count = digits.length();
    if (count <= point && point <= PLAIN) {
      return digits + "0".repeat(point - count);
    }
    if (0 < point && point <= PLAIN) {
      return digits.substring(0, point) + "." + digits.substring(point);
    }
    if (-6 < point && point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    var fraction = count == 1 ? "" : "." + digits.substring(1);
    return "%c%se%s%d".formatted(digits.charAt(0), fraction, point > 0 ? "+" : "", point - 1);
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      quoted.append(escaped(text.charAt(i)));
    }
    return quoted.append('"').toString();
  }

  private static String escaped(char unit) {
    return switch (unit) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> unit < ' ' ? "\\u%04x".formatted((int) unit) : String.valueOf(unit);
    };
  }
}
