package org.kerbside.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * Named words on their way through the control socket, all in one: a form as browsers send it.
 *
 * @param fields by name, in the order of their writing
 */
public record Form(SequencedMap<String, String> fields) {

  /** What was said under a name; empty where nothing was. */
  public String of(String name) {
    return fields.getOrDefault(name, "");
  }

  /** As one word without a blank. */
  String word() {
    return fields.entrySet().stream()
        .map(field -> coded(field.getKey()) + "=" + coded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  /** A form of names and words in turn. */
  static Form of(Map<String, String> fields) {
    return new Form(new LinkedHashMap<>(fields));
  }

  /** Reads {@link #word}. */
  public static Form read(String word) throws CommandException {
    var fields = new LinkedHashMap<String, String>();
    for (var field : word.split("&", -1)) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        fields.put(decoded(field.substring(0, equals)), decoded(field.substring(equals + 1)));
      }
    }
    return new Form(fields);
  }

  private static String coded(String text) {
    return URLEncoder.encode(text, UTF_8);
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
