package org.kerbside.gateway.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/** What programs may ask for, as OpenAPI 3.1 tells it: written from what is served. Pure. */
final class OpenApi {

  static final String PATH = SiteApi.PATH + "openapi.json";

  /** The names of what a command is let in by. */
  static final String SESSION = "session";

  static final String TOKEN = "token";

  private OpenApi() {}

  static String of(List<Endpoint> endpoints) {
    return Json.text(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("openapi", "3.1.0");
          json.writeObjectPropertyStart("info");
          json.writeStringProperty("title", "Kerbside, one gateway");
          json.writeStringProperty("version", "1");
          json.writeEndObject();
          json.writeObjectPropertyStart("paths");
          byPath(endpoints).forEach((path, own) -> path(json, path, own));
          json.writeEndObject();
          json.writeObjectPropertyStart("components");
          schemas(json, endpoints);
          security(json);
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  private static Map<String, List<Endpoint>> byPath(List<Endpoint> endpoints) {
    var paths = new LinkedHashMap<String, List<Endpoint>>();
    for (var endpoint : endpoints) {
      paths.computeIfAbsent(endpoint.path(), _ -> new ArrayList<>()).add(endpoint);
    }
    return paths;
  }

  private static void path(JsonGenerator json, String path, List<Endpoint> own) {
    json.writeObjectPropertyStart(path);
    for (var endpoint : own) {
      json.writeObjectPropertyStart(endpoint.method().name().toLowerCase(Locale.ROOT));
      endpoint.describe(json);
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void schemas(JsonGenerator json, List<Endpoint> endpoints) {
    var named = new TreeMap<String, Members<?>>();
    Stream.concat(endpoints.stream().flatMap(Endpoint::named), Problem.SHAPE.named())
        .forEach(members -> named.put(members.name(), members));
    json.writeObjectPropertyStart("schemas");
    named.forEach(
        (name, members) -> {
          json.writeObjectPropertyStart(name);
          members.define(json);
          json.writeEndObject();
        });
    json.writeEndObject();
  }

  private static void security(JsonGenerator json) {
    json.writeObjectPropertyStart("securitySchemes");
    key(json, SESSION, "cookie", Gate.COOKIE);
    key(json, TOKEN, "header", Gate.TOKEN_HEADER);
    json.writeEndObject();
  }

  private static void key(JsonGenerator json, String scheme, String in, String name) {
    json.writeObjectPropertyStart(scheme);
    json.writeStringProperty("type", "apiKey");
    json.writeStringProperty("in", in);
    json.writeStringProperty("name", name);
    json.writeEndObject();
  }
}
