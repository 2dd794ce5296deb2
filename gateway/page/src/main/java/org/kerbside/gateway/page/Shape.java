package org.kerbside.gateway.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * How a value is told as JSON, and the schema of what is told (JSON Schema 2020-12, as OpenAPI 3.1
 * takes it): both from this one description, so that neither says what the other does not.
 */
interface Shape<T extends @Nullable Object> {

  Shape<String> TEXT = plain("string", "", JsonGenerator::writeString);

  /** ISO 8601 with an offset. */
  Shape<String> TIME = plain("string", "date-time", JsonGenerator::writeString);

  Shape<Long> INTEGER = plain("integer", "", JsonGenerator::writeNumber);

  /** In the shortest way that says it. */
  Shape<Double> NUMBER =
      plain("number", "", (json, number) -> json.writeNumber(Json.number(number)));

  Shape<Boolean> TRUTH = plain("boolean", "", JsonGenerator::writeBoolean);

  void write(JsonGenerator json, T value);

  /** The members of the schema, into an object that is open. */
  void describe(JsonGenerator json);

  /** Everything with a name of its own that is in it, itself too. */
  default Stream<Members<?>> named() {
    return Stream.empty();
  }

  /** One of these words. */
  static Shape<String> words(List<String> words) {
    return of(
        JsonGenerator::writeString,
        json -> {
          json.writeStringProperty("type", "string");
          json.writeArrayPropertyStart("enum");
          words.forEach(json::writeString);
          json.writeEndArray();
        });
  }

  /** The words of a closed set. */
  static <E extends Enum<E>> Shape<E> words(Class<E> all, Function<E, String> word) {
    var words = words(Stream.of(all.getEnumConstants()).map(word).toList());
    return of((json, one) -> words.write(json, word.apply(one)), words::describe);
  }

  static <T extends @Nullable Object> Shape<List<T>> list(Shape<T> each) {
    return new Shape<>() {
      @Override
      public void write(JsonGenerator json, List<T> all) {
        json.writeStartArray();
        all.forEach(one -> each.write(json, one));
        json.writeEndArray();
      }

      @Override
      public void describe(JsonGenerator json) {
        json.writeStringProperty("type", "array");
        object(json, "items", each);
      }

      @Override
      public Stream<Members<?>> named() {
        return each.named();
      }
    };
  }

  /** By name, in the order of the names. */
  static <T> Shape<Map<String, T>> map(Shape<T> each) {
    return new Shape<>() {
      @Override
      public void write(JsonGenerator json, Map<String, T> all) {
        json.writeStartObject();
        new TreeMap<>(all)
            .forEach(
                (name, one) -> {
                  json.writeName(name);
                  each.write(json, one);
                });
        json.writeEndObject();
      }

      @Override
      public void describe(JsonGenerator json) {
        json.writeStringProperty("type", "object");
        object(json, "additionalProperties", each);
      }

      @Override
      public Stream<Members<?>> named() {
        return each.named();
      }
    };
  }

  /** Null says that it is not known. */
  static <T> Shape<@Nullable T> orNull(Shape<T> known) {
    return anyOf(
        List.of(known, nothing()),
        (json, value) -> {
          if (value == null) {
            json.writeNull();
          } else {
            known.write(json, value);
          }
        });
  }

  /** One of several; {@code write} chooses. */
  static <T extends @Nullable Object> Shape<T> anyOf(
      List<? extends Shape<?>> choices, BiConsumer<JsonGenerator, T> write) {
    return new Shape<>() {
      @Override
      public void write(JsonGenerator json, T value) {
        write.accept(json, value);
      }

      @Override
      public void describe(JsonGenerator json) {
        json.writeArrayPropertyStart("anyOf");
        for (var choice : choices) {
          json.writeStartObject();
          choice.describe(json);
          json.writeEndObject();
        }
        json.writeEndArray();
      }

      @Override
      public Stream<Members<?>> named() {
        return choices.stream().flatMap(Shape::named);
      }
    };
  }

  /** As {@code shape}, within limits that the schema says: {@code maximum}, {@code pattern} …. */
  static <T extends @Nullable Object> Shape<T> within(
      Shape<T> shape, SequencedMap<String, Object> limits) {
    return of(
        shape::write,
        json -> {
          shape.describe(json);
          limits.forEach(
              (name, limit) -> {
                switch (limit) {
                  case Number number -> {
                    json.writeName(name);
                    json.writeNumber(number.toString());
                  }
                  default -> json.writeStringProperty(name, limit.toString());
                }
              });
        });
  }

  /** By name and limit in turn. */
  static SequencedMap<String, Object> limits(Object... pairs) {
    var limits = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      limits.put(pairs[i].toString(), pairs[i + 1]);
    }
    return limits;
  }

  /** A property that is an object with that schema in it. */
  static void object(JsonGenerator json, String name, Shape<?> shape) {
    json.writeObjectPropertyStart(name);
    shape.describe(json);
    json.writeEndObject();
  }

  private static Shape<@Nullable Void> nothing() {
    return of((json, none) -> json.writeNull(), json -> json.writeStringProperty("type", "null"));
  }

  private static <T> Shape<T> plain(
      String type, String format, BiConsumer<JsonGenerator, T> write) {
    return of(
        write,
        json -> {
          json.writeStringProperty("type", type);
          if (!format.isEmpty()) {
            json.writeStringProperty("format", format);
          }
        });
  }

  private static <T extends @Nullable Object> Shape<T> of(
      BiConsumer<JsonGenerator, T> write, Consumer<JsonGenerator> describe) {
    return new Shape<>() {
      @Override
      public void write(JsonGenerator json, T value) {
        write.accept(json, value);
      }

      @Override
      public void describe(JsonGenerator json) {
        describe.accept(json);
      }
    };
  }
}
