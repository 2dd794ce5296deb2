package org.kerbside.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** What was said under several names, on its way through the control socket as one word. */
public record Form(SequencedMap<String, String> fields) {

  public Form {
    fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
  }

  /** As browsers send a form. */
  String word() {
    return fields.entrySet().stream()
        .map(field -> coded(field.getKey()) + "=" + coded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String coded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /** Reads {@link #word}. */
  public static Form of(String word) throws CommandException {
    var fields = new LinkedHashMap<String, String>();
    for (var field : word.split("&", -1)) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        fields.put(decoded(field.substring(0, equals)), decoded(field.substring(equals + 1)));
      }
    }
    return new Form(fields);
  }

  /** What was said under that name; empty where nothing was. */
  public String get(String name) {
    return fields.getOrDefault(name, "");
  }

  private static String decoded(String text) throws CommandException {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException broken) {
      throw new CommandException(
          Exit.WRONG_INPUT, "'%s' is no form".formatted(text), "kerbside version here and there");
    }
  }
}
