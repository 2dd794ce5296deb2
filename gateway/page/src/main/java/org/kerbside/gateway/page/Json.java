package org.kerbside.gateway.page;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What the page writes as JSON. */
final class Json {

  static final String TYPE = "application/json";

  private static final MathContext SEVEN = new MathContext(7);
  private static final JsonFactory FACTORY = JsonFactory.builder().build();

  private Json() {}

  static String text(Consumer<JsonGenerator> body) {
    var text = new StringWriter();
    try (var json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      body.accept(json);
    }
    return text.append('\n').toString();
  }

  static <T> String text(Shape<T> shape, T thing) {
    return text(json -> shape.write(json, thing));
  }

  /** The shortest that says it. */
  static String number(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  /** To seven digits. */
  static double rounded(double number) {
    return new BigDecimal(number).round(SEVEN).doubleValue();
  }
}
