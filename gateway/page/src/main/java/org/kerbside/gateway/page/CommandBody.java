package org.kerbside.gateway.page;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Value;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * A command as {@code POST /api/v1/commands} takes it: as the contract writes it, but who asks and
 * until when is for the session and the gateway to say. Strict: what is not known is refused, and
 * so is what the page itself would not let a crew ask for.
 *
 * @param subject a point, an alarm or an asset, as the operation has it
 * @param set what was measured or is fitted now, as people write it; empty for what is neither
 * @param from the address of the device that is gone; absent where the asset has one only
 */
record CommandBody(
    String id,
    String op,
    String subject,
    @Nullable Value value,
    String reason,
    @Nullable Duration lease,
    SequencedMap<String, String> set,
    @Nullable String from) {

  /** What is kept of an asset, rather than done to it. */
  private static final List<String> FITTING = List.of("calibrate", "bind");

  private static final List<String> BINDING = List.of("at", "profile");
  private static final List<String> OPS =
      List.of("set", "ack", "shelve", "unshelve", "maintenance", "did", "calibrate", "bind");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{8,64}");
  private static final int LONGEST = 200; // characters of a text
  private static final int MOST_SET = 16;
  private static final Duration LONGEST_SETTING = Duration.ofSeconds(30); // a test's
  private static final Duration LONGEST_ACT = Duration.ofHours(8);

  private static final Shape<String> SHORT =
      Shape.within(Shape.TEXT, Shape.limits("minLength", 1, "maxLength", LONGEST));

  static final Members<CommandBody> SHAPE =
      Members.<CommandBody>named("Command")
          .has(
              "id",
              Shape.within(Shape.TEXT, Shape.limits("pattern", "^" + ID.pattern() + "$")),
              CommandBody::id)
          .has("op", Shape.words(OPS), CommandBody::op)
          .may("point", SHORT, _ -> null)
          .may("alarm", SHORT, _ -> null)
          .may("asset", SHORT, _ -> null)
          .may("value", Told.VALUE, CommandBody::value)
          .may("reason", SHORT, CommandBody::reason)
          .may(
              "lease",
              Shape.within(
                  Shape.NUMBER,
                  Shape.limits("exclusiveMinimum", 0, "maximum", LONGEST_ACT.toSeconds())),
              _ -> null)
          .may(
              "set",
              Shape.within(Shape.map(SHORT), Shape.limits("maxProperties", MOST_SET)),
              CommandBody::set)
          .may("from", SHORT, CommandBody::from);

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(2).maxNumberLength(32).build())
          .build();

  CommandBody {
    if (op.equals("set") && lease == null) {
      lease = LONGEST_SETTING;
    }
    set = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(set));
  }

  static CommandBody read(byte[] body) throws Problem {
    try (var json = JSON.createParser(ObjectReadContext.empty(), body)) {
      return new Draft().read(json).checked();
    } catch (JacksonException malformed) {
      throw Problem.bad("no JSON: " + malformed.getOriginalMessage());
    }
  }

  /** Who may ask for it, at least. */
  Role least() {
    return isFitting() ? Role.INSTALLER : Role.CREW;
  }

  boolean isFitting() {
    return FITTING.contains(op);
  }

  Command by(Session session) {
    return Command.ofCrew(id, op, subject, value, session.by(), reason, lease);
  }

  private CommandBody checked() throws Problem {
    if (!ID.matcher(id).matches()) {
      throw Problem.bad("id: expected 8 to 64 letters, digits or '-', new for each command");
    }
    if (!OPS.contains(op)) {
      throw Problem.bad("op: expected one of %s".formatted(String.join(", ", OPS)));
    }
    if (subject.isEmpty()) {
      throw Problem.bad("expected point, alarm or asset, as '%s' is about".formatted(op));
    }
    var longest = op.equals("set") ? LONGEST_SETTING : LONGEST_ACT;
    if (lease != null && (!lease.isPositive() || lease.compareTo(longest) > 0)) {
      throw Problem.bad(
          "lease: expected more than 0 and at most %d s".formatted(longest.toSeconds()));
    }
    if (isFitting() == set.isEmpty()) {
      throw Problem.bad("set: expected with calibrate and bind, and with nothing else");
    }
    if (from != null && !op.equals("bind")) {
      throw Problem.bad("from: expected with bind, and with nothing else");
    }
    if (op.equals("bind") && !BINDING.containsAll(set.keySet())) {
      throw Problem.bad("set: expected %s".formatted(String.join(", ", BINDING)));
    }
    if (op.equals("bind") && !set.containsKey("at")) {
      throw Problem.bad("set: expected the new device's address, at");
    }
    return this;
  }

  /** What the members said so far. */
  private static final class Draft {
    private String id = "";
    private String op = "";
    private String subject = "";
    private String reason = "";
    private @Nullable Value value;
    private @Nullable Duration lease;
    private SequencedMap<String, String> set = new LinkedHashMap<>();
    private @Nullable String from;

    CommandBody read(JsonParser json) throws Problem {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw Problem.bad("expected a JSON object");
      }
      for (var name = json.nextName(); name != null; name = json.nextName()) {
        member(name, json.nextToken(), json);
      }
      if (json.nextToken() != null) {
        throw Problem.bad("something follows the command's last brace");
      }
      return new CommandBody(id, op, subject, value, reason, lease, set, from);
    }

    private void member(String name, JsonToken token, JsonParser json) throws Problem {
      switch (name) {
        case "id" -> id = text(name, token, json);
        case "op" -> op = text(name, token, json);
        case "point", "alarm", "asset" -> subject = text(name, token, json);
        case "reason" -> reason = text(name, token, json);
        case "value" -> value = value(token, json);
        case "lease" -> lease = seconds(token, json);
        case "set" -> set = texts(token, json);
        case "from" -> from = text(name, token, json);
        default -> throw Problem.bad("'%s' is no member of a command here".formatted(name));
      }
    }

    private static String text(String name, JsonToken token, JsonParser json) throws Problem {
      var text = token == JsonToken.VALUE_STRING ? json.getString() : "";
      if (text.isEmpty() || text.length() > LONGEST) {
        throw Problem.bad("%s: expected a text of 1 to %d characters".formatted(name, LONGEST));
      }
      return text;
    }

    private static SequencedMap<String, String> texts(JsonToken token, JsonParser json)
        throws Problem {
      if (token != JsonToken.START_OBJECT) {
        throw Problem.bad("set: expected an object of texts");
      }
      var texts = new LinkedHashMap<String, String>();
      for (var name = json.nextName(); name != null; name = json.nextName()) {
        texts.put(name, text("set." + name, json.nextToken(), json));
        if (texts.size() > MOST_SET) {
          throw Problem.bad("set: expected at most %d members".formatted(MOST_SET));
        }
      }
      return texts;
    }

    private static Value value(JsonToken token, JsonParser json) throws Problem {
      return switch (token) {
        case VALUE_TRUE -> Value.Flag.TRUE;
        case VALUE_FALSE -> Value.Flag.FALSE;
        case VALUE_STRING -> new Value.State(text("value", token, json));
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Value.Num(number("value", json));
        default -> throw Problem.bad("value: expected a number, a truth or a word");
      };
    }

    private static Duration seconds(JsonToken token, JsonParser json) throws Problem {
      if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
        throw Problem.bad("lease: expected seconds");
      }
      // Held within what a duration can be before it is one.
      double seconds = Math.clamp(number("lease", json), -1, LONGEST_ACT.toSeconds() + 1.0);
      return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static double number(String name, JsonParser json) throws Problem {
      double number = json.getDoubleValue();
      if (!Double.isFinite(number)) {
        throw Problem.bad("%s: too large".formatted(name));
      }
      return number;
    }
  }
}
