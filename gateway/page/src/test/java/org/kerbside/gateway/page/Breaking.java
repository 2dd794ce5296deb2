package org.kerbside.gateway.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What of a later description a program would stumble over that was written by an earlier one. What
 * it is told may grow and never lack; what it may say may be more and never less.
 */
final class Breaking {

  private final List<String> found = new ArrayList<>();
  private final JsonNode earlier;
  private final JsonNode later;

  private Breaking(JsonNode earlier, JsonNode later) {
    this.earlier = earlier;
    this.later = later;
  }

  /** Of two OpenAPI documents; empty where a program of the earlier one goes on. */
  static List<String> between(JsonNode earlier, JsonNode later) {
    var breaking = new Breaking(earlier, later);
    breaking.paths();
    return breaking.found;
  }

  private void paths() {
    for (var path : earlier.path("paths").properties()) {
      for (var method : path.getValue().properties()) {
        var place = method.getKey() + " " + path.getKey();
        var now = later.path("paths").path(path.getKey()).path(method.getKey());
        if (now.isMissingNode()) {
          found.add(place + " is gone");
        } else {
          operation(place, method.getValue(), now);
        }
      }
    }
  }

  private void operation(String place, JsonNode before, JsonNode now) {
    for (var parameter : now.path("parameters")) {
      var name = parameter.path("name").stringValue("");
      if (parameter.path("required").asBoolean() && named(before, name).isMissingNode()) {
        found.add("%s wants '%s'".formatted(place, name));
      }
    }
    for (var parameter : before.path("parameters")) {
      var name = parameter.path("name").stringValue("");
      var same = named(now, name);
      if (same.isMissingNode()) {
        found.add("%s takes no '%s' any more".formatted(place, name));
      } else {
        said(place + " " + name, parameter.path("schema"), same.path("schema"));
      }
    }
    content(before.path("requestBody"))
        .forEach(
            type ->
                said(
                    place,
                    schema(before.path("requestBody"), type),
                    schema(now.path("requestBody"), type)));
    for (var response : before.path("responses").properties()) {
      var same = now.path("responses").path(response.getKey());
      if (same.isMissingNode() && response.getKey().startsWith("2")) {
        found.add("%s answers no %s any more".formatted(place, response.getKey()));
      }
      if (!same.isMissingNode()) {
        for (var type : content(response.getValue())) {
          told(place, schema(response.getValue(), type), schema(same, type));
        }
      }
    }
  }

  private static JsonNode named(JsonNode operation, String name) {
    for (var parameter : operation.path("parameters")) {
      if (parameter.path("name").stringValue("").equals(name)) {
        return parameter;
      }
    }
    return operation.path("no such");
  }

  private static List<String> content(JsonNode body) {
    return List.copyOf(body.path("content").propertyNames());
  }

  private static JsonNode schema(JsonNode body, String type) {
    return body.path("content").path(type).path("schema");
  }

  /** Of what a program is told: nothing may lack, be another, or be a word that it never heard. */
  private void told(String place, JsonNode before, JsonNode now) {
    var was = whole(earlier, before);
    var is = whole(later, now);
    type(place, was, is);
    for (var member : was.path("properties").properties()) {
      var name = place + "." + member.getKey();
      var same = is.path("properties").path(member.getKey());
      if (same.isMissingNode()) {
        found.add(name + " is gone");
      } else {
        told(name, member.getValue(), same);
      }
    }
    for (var required : words(was.path("required"))) {
      if (!words(is.path("required")).contains(required)) {
        found.add("%s.%s may lack".formatted(place, required));
      }
    }
    inside(was, is).forEach(pair -> told(place + pair.name(), pair.was(), pair.is()));
    more(place, "tells a new word", is, was);
  }

  /** Of what a program may say: everything that was taken still is. */
  private void said(String place, JsonNode before, JsonNode now) {
    var was = whole(earlier, before);
    var is = whole(later, now);
    type(place, was, is);
    for (var member : was.path("properties").properties()) {
      var name = place + "." + member.getKey();
      var same = is.path("properties").path(member.getKey());
      if (same.isMissingNode()) {
        found.add(name + " is not taken any more");
      } else {
        said(name, member.getValue(), same);
      }
    }
    for (var required : words(is.path("required"))) {
      if (!words(was.path("required")).contains(required)) {
        found.add("%s.%s is wanted".formatted(place, required));
      }
    }
    for (var limit : List.of("maximum", "maxLength", "pattern", "minimum", "minLength")) {
      if (is.has(limit) && !is.path(limit).equals(was.path(limit))) {
        found.add("%s has another %s".formatted(place, limit));
      }
    }
    more(place, "takes no", was, is);
  }

  private void type(String place, JsonNode was, JsonNode is) {
    for (var word : List.of("type", "format", "anyOf")) {
      if (!was.path(word).equals(is.path(word))) {
        found.add("%s is %s, was %s".formatted(place, is.path(word), was.path(word)));
      }
    }
  }

  private void more(String place, String problem, JsonNode of, JsonNode than) {
    for (var word : words(of.path("enum"))) {
      if (than.has("enum") && !words(than.path("enum")).contains(word)) {
        found.add("%s %s: %s".formatted(place, problem, word));
      }
    }
  }

  private record Pair(String name, JsonNode was, JsonNode is) {}

  private static List<Pair> inside(JsonNode was, JsonNode is) {
    var pairs = new ArrayList<Pair>();
    for (var word : List.of("items", "additionalProperties")) {
      if (was.has(word) && is.has(word)) {
        pairs.add(new Pair("[]", was.path(word), is.path(word)));
      }
    }
    return pairs;
  }

  private static Set<String> words(JsonNode all) {
    var words = new TreeSet<String>();
    all.forEach(word -> words.add(word.stringValue("")));
    return words;
  }

  /** What a reference leads to. */
  private static JsonNode whole(JsonNode document, JsonNode schema) {
    return schema.has("$ref")
        ? document.at(schema.path("$ref").stringValue("").substring(1))
        : schema;
  }
}
