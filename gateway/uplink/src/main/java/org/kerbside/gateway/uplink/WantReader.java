package org.kerbside.gateway.uplink;

import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Want;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** A payload on {@code want} to a {@link Want}: signed, and for this gateway. */
final class WantReader {

  /** In bytes; a packet has at most 16 KiB more. */
  static final int LARGEST = 240 * 1024;

  static final int MOST_FILES = 64;

  private static final double MOST_EXACT = 1L << 53; // beyond it two numbers are signed alike

  private static final Duration PROBATION = Duration.ofMinutes(5);
  private static final long LONGEST_PROBATION = 3600; // s

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(8)
                  .maxNumberLength(64)
                  .maxStringLength(LARGEST)
                  .build())
          .build();

  private long number;
  private Duration probation = PROBATION;
  private @Nullable SortedMap<String, String> files;

  private WantReader() {}

  static Want read(byte[] payload, String gateway, Seals seals) throws Malformed {
    if (payload.length == 0) {
      throw new Malformed("what is empty is not signed: send a want with \"files\":{}");
    }
    if (payload.length > LARGEST) {
      throw new Malformed("%d bytes: expected at most %d".formatted(payload.length, LARGEST));
    }
    try {
      checkSeal(payload, gateway, seals);
      try (var json = JSON.createParser(ObjectReadContext.empty(), payload)) {
        return new WantReader().read(json);
      }
    } catch (JacksonException cause) {
      throw new Malformed("no JSON: " + cause.getOriginalMessage());
    }
  }

  private static void checkSeal(byte[] payload, String gateway, Seals seals) throws Malformed {
    try (var json = JSON.createParser(ObjectReadContext.empty(), payload)) {
      var signed = Canonical.read(json);
      var doubt = seals.doubts(signed);
      if (doubt != null) {
        throw new Malformed.Unsigned(doubt);
      }
      if (!signed.says("gw", gateway)) {
        throw new Malformed("'gw' does not name this gateway");
      }
    }
  }

  private Want read(JsonParser json) throws Malformed {
    json.nextToken();
    for (var name = json.nextName(); name != null; name = json.nextName()) {
      var token = json.nextToken();
      switch (name) {
        case "v" -> {
          if (whole(name, token, json) != 1) {
            throw new Malformed("'v' is %s: expected 1".formatted(json.getString()));
          }
        }
        case "number" -> number = whole(name, token, json);
        case "probation" -> probation = probation(whole(name, token, json));
        case "files" -> files = files(token, json);
        default -> json.skipChildren();
      }
    }
    if (number < 1 || files == null) {
      throw new Malformed("expected number, from 1, and files");
    }
    return new Want(number, files, probation);
  }

  private static Duration probation(long seconds) throws Malformed {
    if (seconds < 1 || seconds > LONGEST_PROBATION) {
      throw new Malformed("'probation' is %d s: expected 1 to 3600".formatted(seconds));
    }
    return Duration.ofSeconds(seconds);
  }

  private static SortedMap<String, String> files(JsonToken token, JsonParser json)
      throws Malformed {
    if (token != JsonToken.START_OBJECT) {
      throw new Malformed("'files' is no object");
    }
    var files = new TreeMap<String, String>();
    for (var name = json.nextName(); name != null; name = json.nextName()) {
      if (json.nextToken() != JsonToken.VALUE_STRING) {
        throw new Malformed("file '%s' is no text".formatted(name));
      }
      files.put(name, json.getString());
    }
    if (files.size() > MOST_FILES) {
      throw new Malformed("%d files: expected at most %d".formatted(files.size(), MOST_FILES));
    }
    return files;
  }

  private static long whole(String name, JsonToken token, JsonParser json) throws Malformed {
    if (token != JsonToken.VALUE_NUMBER_INT) {
      throw new Malformed("'%s' is no whole number".formatted(name));
    }
    double number = json.getDoubleValue();
    if (Math.abs(number) > MOST_EXACT) {
      throw new Malformed("'%s' is too large".formatted(name));
    }
    return (long) number;
  }
}
