package org.kerbside.drivers.camel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.kerbside.config.Mark;
import org.kerbside.config.Node;
import org.kerbside.config.Section;
import org.kerbside.config.Text;

/**
 * A Camel endpoint as a person wrote it: {@code scheme:path?option=value}, or its options beside
 * it, each with its place.
 *
 * @param path behind the scheme, without options
 * @param options what was written, by name
 * @param added the house's own, which nobody wrote
 */
public record EndpointUri(
    Text written,
    String scheme,
    String path,
    SequencedMap<String, Option> options,
    Map<String, String> added) {

  /** An option's value, and where it stands. */
  public record Option(Text value, Mark mark) {}

  public static EndpointUri of(Text written) {
    var uri = written.text();
    int colon = uri.indexOf(':');
    int query = uri.indexOf('?');
    var options = new LinkedHashMap<String, Option>();
    if (query >= 0) {
      int at = query + 1;
      for (var part : uri.substring(at).split("&", -1)) {
        option(written, part, at, options);
        at += part.length() + 1;
      }
    }
    int end = query < 0 ? uri.length() : query;
    return colon < 0 || colon > end
        ? new EndpointUri(written, uri.substring(0, end), "", options, Map.of())
        : new EndpointUri(
            written, uri.substring(0, colon), uri.substring(colon + 1, end), options, Map.of());
  }

  private static void option(Text written, String part, int at, Map<String, Option> options) {
    int sign = part.indexOf('=');
    var name = sign < 0 ? part : part.substring(0, sign);
    if (!name.isEmpty()) {
      int before = written.text().codePointCount(0, at);
      int quote = written.style() == Text.Style.QUOTED ? 1 : 0;
      var mark = written.mark().part(before + quote, name.codePointCount(0, name.length()));
      options.put(name, new Option(written.with(part.substring(sign + 1)), mark));
    }
  }

  /** With options that stand in a section of their own. */
  public EndpointUri with(Section section) {
    var all = new LinkedHashMap<>(options);
    for (var entry : section.entries()) {
      if (entry.value() instanceof Node.Word(var value)) {
        all.put(entry.key().text(), new Option(value, entry.key().mark()));
      }
    }
    return new EndpointUri(written, scheme, path, all, added);
  }

  /** With an option of the house, over whatever was written. */
  EndpointUri set(String name, String value) {
    var more = new LinkedHashMap<>(added);
    more.put(name, value);
    return new EndpointUri(written, scheme, path, options, more);
  }

  boolean has(String name) {
    return options.containsKey(name) || added.containsKey(name);
  }

  /** What was written there, or nothing. */
  String option(String name) {
    var option = options.get(name);
    return option == null ? "" : option.value().text();
  }

  /** As Camel takes it, secrets in it: for Camel only. */
  public String whole() {
    var all = new LinkedHashMap<String, String>();
    options.forEach((name, option) -> all.put(name, raw(option.value())));
    all.putAll(added);
    var query =
        all.entrySet().stream()
            .map(option -> option.getKey() + "=" + option.getValue())
            .collect(Collectors.joining("&"));
    return "%s:%s%s%s".formatted(scheme, path, query.isEmpty() ? "" : "?", query);
  }

  private static String raw(Text value) {
    if (value.style() != Text.Style.SECRET) {
      return value.text();
    }
    return value.text().contains(")")
        ? "RAW{%s}".formatted(value.text())
        : "RAW(%s)".formatted(value.text());
  }

  /** Without options: they may be secret. */
  @Override
  public String toString() {
    return "%s:%s".formatted(scheme, path);
  }
}
