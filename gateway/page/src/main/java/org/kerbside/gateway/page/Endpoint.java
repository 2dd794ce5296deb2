package org.kerbside.gateway.page;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * One thing that programs may ask for: served by its handler, and told in the API's document by the
 * rest.
 *
 * @param does one sentence for people
 * @param takes the body; absent where there is none
 * @param answer its status when all is well
 * @param tells what it answers then
 * @param refusals other statuses, each a {@link Problem}
 */
record Endpoint(
    HandlerType method,
    String path,
    String does,
    List<Parameter> parameters,
    @Nullable Members<?> takes,
    int answer,
    Shape<?> tells,
    List<Integer> refusals,
    Handler handler) {

  /** Where a parameter stands. */
  enum Where {
    PATH,
    QUERY;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A parameter; those of the path are always there. */
  record Parameter(String name, Where where, String says, Shape<?> shape) {

    static Parameter path(String name, String says) {
      return new Parameter(name, Where.PATH, says, Shape.TEXT);
    }

    static Parameter query(String name, String says, Shape<?> shape) {
      return new Parameter(name, Where.QUERY, says, shape);
    }
  }

  Endpoint {
    parameters = List.copyOf(parameters);
    refusals = List.copyOf(refusals);
  }

  /** That answers 200 and takes nothing. */
  static Endpoint get(
      String path,
      String does,
      List<Parameter> parameters,
      Shape<?> tells,
      List<Integer> refusals,
      Handler handler) {
    return new Endpoint(
        HandlerType.GET, path, does, parameters, null, 200, tells, refusals, handler);
  }

  Stream<Members<?>> named() {
    return Stream.concat(takes == null ? Stream.empty() : takes.named(), tells.named());
  }

  /** The operation, as OpenAPI has it. */
  void describe(JsonGenerator json) {
    json.writeStringProperty("summary", does);
    json.writeArrayPropertyStart("parameters");
    parameters.forEach(parameter -> describe(json, parameter));
    json.writeEndArray();
    if (takes != null) {
      json.writeObjectPropertyStart("requestBody");
      json.writeBooleanProperty("required", true);
      content(json, "application/json", takes);
      json.writeEndObject();
      secured(json);
    }
    json.writeObjectPropertyStart("responses");
    response(json, answer, "As asked.", "application/json", tells);
    refusals.forEach(
        status -> response(json, status, "Refused, and why.", Problem.TYPE, Problem.SHAPE));
    json.writeEndObject();
  }

  private static void describe(JsonGenerator json, Parameter parameter) {
    json.writeStartObject();
    json.writeStringProperty("name", parameter.name());
    json.writeStringProperty("in", parameter.where().word());
    json.writeStringProperty("description", parameter.says());
    json.writeBooleanProperty("required", parameter.where() == Where.PATH);
    Shape.object(json, "schema", parameter.shape());
    json.writeEndObject();
  }

  /** A session's cookie and its token, both. */
  private static void secured(JsonGenerator json) {
    json.writeArrayPropertyStart("security");
    json.writeStartObject();
    for (var scheme : List.of(OpenApi.SESSION, OpenApi.TOKEN)) {
      json.writeArrayPropertyStart(scheme);
      json.writeEndArray();
    }
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void response(
      JsonGenerator json, int status, String says, String type, Shape<?> shape) {
    json.writeObjectPropertyStart(Integer.toString(status));
    json.writeStringProperty("description", says);
    content(json, type, shape);
    json.writeEndObject();
  }

  private static void content(JsonGenerator json, String type, Shape<?> shape) {
    json.writeObjectPropertyStart("content");
    json.writeObjectPropertyStart(type);
    Shape.object(json, "schema", shape);
    json.writeEndObject();
    json.writeEndObject();
  }
}
