package org.kerbside.gateway.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A form that somebody sent without being let in: shown again after he was. Bounded, and never more
 * than what a page of ours could have sent.
 *
 * @param path where it was sent; {@code /} when that was no place of ours
 */
record Kept(String path, List<Field> fields) {

  private static final Pattern PATH = Pattern.compile("/(?!/)[A-Za-z0-9._~%/?=&+,:-]{0,300}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,40}");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");
  private static final int MOST = 32;
  private static final int LONGEST = 1_000; // characters of a value
  private static final int LARGEST = 16 * 1024; // characters of all

  /** One thing that was typed, or hidden. */
  record Field(String name, String value) {}

  Kept {
    fields = List.copyOf(fields);
  }

  /** Nothing was typed: only a place to go to. */
  static Kept to(String path) {
    return new Kept(local(path), List.of());
  }

  static Kept of(String path, Map<String, List<String>> form) {
    var fields = new ArrayList<Field>();
    for (var entry : form.entrySet()) {
      for (var value : entry.getValue()) {
        // The token was another session's, or nobody's.
        if (!entry.getKey().equals(Gate.TOKEN)) {
          fields.add(new Field(entry.getKey(), value));
        }
      }
    }
    return new Kept(local(path), allowed(fields));
  }

  /** As {@link #text} wrote it; what is no field is left out. */
  static Kept read(String path, String text) {
    var fields = new ArrayList<Field>();
    for (var pair : text.length() > LARGEST ? new String[0] : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.add(
            new Field(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1))));
      }
    }
    return new Kept(local(path), allowed(fields));
  }

  /** All fields as one hidden one carries them. */
  String text() {
    return fields.stream()
        .map(field -> encoded(field.name()) + "=" + encoded(field.value()))
        .collect(Collectors.joining("&"));
  }

  private static String local(String path) {
    return PATH.matcher(path).matches() ? path : "/";
  }

  private static List<Field> allowed(List<Field> fields) {
    var allowed =
        fields.stream()
            .filter(field -> NAME.matcher(field.name()).matches())
            .filter(field -> field.value().length() <= LONGEST)
            .limit(MOST)
            .map(field -> new Field(field.name(), CONTROL.matcher(field.value()).replaceAll("")))
            .toList();
    boolean isLarge = new Kept("/", allowed).text().length() > LARGEST;
    return isLarge ? List.of() : allowed;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException malformed) {
      return "";
    }
  }
}
