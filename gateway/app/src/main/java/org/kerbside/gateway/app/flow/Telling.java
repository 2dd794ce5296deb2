package org.kerbside.gateway.app.flow;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.kerbside.config.Diagnostics;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * An event as a route sees it: as JSON in the body, and what stands at its top as variables, so
 * that a route can choose: {@code kind}, {@code severity}, {@code asset}. Not as headers: those a
 * component would send on.
 *
 * @param variables also {@code text} in the site's language, and {@code quoted}: the same as a JSON
 *     string
 */
record Telling(String body, Map<String, String> variables) {

  private static final JsonFactory JSON = new JsonFactory();

  Telling {
    variables = Map.copyOf(variables);
  }

  /**
   * @param language of the text that people read: {@code zh-CN}
   */
  static Telling of(String event, String language) {
    var variables = new LinkedHashMap<String, String>();
    try (var parser = JSON.createParser(ObjectReadContext.empty(), event)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        var name = parser.currentName();
        var token = parser.nextToken();
        if (token.isScalarValue()) {
          variables.put(name, parser.getString());
        } else if (name.equals("text") && token == JsonToken.START_OBJECT) {
          variables.put(name, text(parser, language));
        } else {
          parser.skipChildren();
        }
      }
    }
    var text = variables.getOrDefault("text", "");
    variables.put("quoted", Diagnostics.quoted(text));
    return new Telling(event, variables);
  }

  /** In that language; where it has none, in its first. */
  private static String text(JsonParser parser, String language) {
    var text = "";
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var tongue = parser.currentName();
      parser.nextToken();
      text = tongue.equals(language) || text.isEmpty() ? parser.getString() : text;
    }
    return text;
  }

  void into(Exchange exchange) {
    exchange.getMessage().setBody(body);
    exchange.getMessage().setHeader("Content-Type", "application/json; charset=utf-8");
    variables.forEach(exchange::setVariable);
  }
}
