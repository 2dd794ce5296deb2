package org.kerbside.gateway.app.wiring;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Diagnostics;

/** One JSON object as a command prints it: on one line, its members as they were put. */
final class Json {

  private final StringJoiner members = new StringJoiner(",", "{", "}");

  /** What a command answers: first of all the number of its format. */
  static Json answer() {
    return new Json().put("format", 1);
  }

  Json put(String name, @Nullable String word) {
    return as(name, word == null ? "null" : Diagnostics.quoted(word));
  }

  Json put(String name, long number) {
    return as(name, Long.toString(number));
  }

  Json put(String name, @Nullable Long number) {
    return as(name, String.valueOf(number));
  }

  /** With so many digits behind the point. */
  Json put(String name, double number, int digits) {
    return as(name, String.format(Locale.ROOT, "%." + digits + "f", number));
  }

  Json put(String name, boolean truth) {
    return as(name, Boolean.toString(truth));
  }

  Json put(String name, Json inner) {
    return as(name, inner.toString());
  }

  Json put(String name, Stream<Json> rows) {
    return as(name, array(rows));
  }

  Json put(String name, Collection<String> words) {
    return as(name, words(words));
  }

  /** What nobody knows. */
  Json none(String name) {
    return as(name, "null");
  }

  /** What is written as JSON already. */
  Json as(String name, String json) {
    members.add(Diagnostics.quoted(name) + ":" + json);
    return this;
  }

  static Json of(Map<String, String> words) {
    var json = new Json();
    words.forEach(json::put);
    return json;
  }

  static String array(Stream<Json> rows) {
    return rows.map(Json::toString).collect(Collectors.joining(",", "[", "]"));
  }

  static String words(Collection<String> words) {
    return words.stream().map(Diagnostics::quoted).collect(Collectors.joining(",", "[", "]"));
  }

  @Override
  public String toString() {
    return members.toString();
  }
}
