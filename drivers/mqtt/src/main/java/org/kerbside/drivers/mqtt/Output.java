package org.kerbside.drivers.mqtt;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;
import org.kerbside.drivers.picks.Pick;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/**
 * How a point is written: a message under a topic of its own. That the broker has it is not that it
 * is done: the device shows it by what it publishes next.
 */
record Output(Template topic, Form form) {

  /** What the message says. */
  sealed interface Form {

    /** One text for each of two states. */
    record Switch(String on, String off) implements Form {}

    /**
     * A number or a word in a text.
     *
     * @param payload has one place for it
     * @param scale unit = number × scale, as for what is read
     * @param unit what the number is in; absent where it is the point's
     * @param decimals of the number, 0 to 6
     */
    record Text(String payload, double scale, @Nullable Unit unit, int decimals) implements Form {}
  }

  private static final String VALUE = "{value}";
  private static final int USUAL_DECIMALS = 3;
  private static final int MOST_DECIMALS = 6;

  /** What to publish; null when the value is none that it can be told. */
  @Nullable String payload(Value value) {
    return switch (form) {
      case Form.Switch(var on, var off) -> {
        Boolean flag = flag(value);
        yield flag == null ? null : flag ? on : off;
      }
      case Form.Text text ->
          switch (value) {
            case Value.Num(var number) -> text.payload().replace(VALUE, written(number, text));
            case Value.State(var word) -> text.payload().replace(VALUE, word);
            case Value.Flag(var flag) -> text.payload().replace(VALUE, Boolean.toString(flag));
          };
    };
  }

  private static @Nullable Boolean flag(Value value) {
    return switch (value) {
      case Value.Flag(var flag) -> flag;
      case Value.Num(var number) -> number == 1 || number == 0 ? number == 1 : null;
      case Value.State state -> null;
    };
  }

  /** From the point's unit to the device's number; without an exponent. */
  private static String written(double kept, Form.Text text) {
    var unit = text.unit();
    double number = unit == null ? kept : (kept - unit.offset()) / unit.factor();
    return BigDecimal.valueOf(number / text.scale())
        .setScale(text.decimals(), RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  /**
   * Reads {@code write: { topic, on, off }} or {@code write: { topic, payload, decimals }}; null
   * where there is none, or when a mistake was told.
   *
   * @param pick how the same point is read: what is written has its scale and unit
   */
  static @Nullable Output read(@Nullable Section write, Pick pick, Mistakes mistakes) {
    if (write == null) {
      return null;
    }
    var topic = write.required("topic", "\"cmnd/{address}/POWER\"");
    var form = write.has("payload") ? text(write, pick, mistakes) : toggle(write);
    write.refuseOthers("'write'");
    var template = topic == null ? null : Template.read(topic, Template.Naming.NONE, mistakes);
    return template == null || form == null ? null : new Output(template, form);
  }

  private static @Nullable Form toggle(Section write) {
    var on = write.required("on", "\"ON\", or payload: '{value}' for a number");
    var off = write.required("off", "\"OFF\"");
    return on == null || off == null ? null : new Form.Switch(on.text(), off.text());
  }

  private static @Nullable Form text(Section write, Pick pick, Mistakes mistakes) {
    var payload = write.text("payload");
    Double decimals = write.number("decimals");
    if (payload == null) {
      return null;
    }
    if (payload.text().split("\\{value}", -1).length != 2) {
      mistakes.add(
          payload.mark(),
          "E104",
          "'%s' has not one place for the value".formatted(payload),
          "write {value} where it is to stand, as in '{\"brightness\":{value}}'");
      return null;
    }
    double wanted = decimals == null ? USUAL_DECIMALS : decimals;
    if (wanted != Math.rint(wanted) || wanted < 0 || wanted > MOST_DECIMALS) {
      mistakes.add(write.markOf("decimals"), "E103", "'decimals' is out of range", "write 0 to 6");
      return null;
    }
    return new Form.Text(payload.text(), pick.scale(), pick.unit(), (int) wanted);
  }
}
