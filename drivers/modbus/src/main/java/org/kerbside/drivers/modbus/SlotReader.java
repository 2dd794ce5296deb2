package org.kerbside.drivers.modbus;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Node;
import org.kerbside.config.Section;
import org.kerbside.config.Text;
import org.kerbside.gateway.model.Reason;

/**
 * Reads a point of a profile: {@code { at: 0x0C, type: f32, unit: W }}.
 *
 * @param table where it stands unless it says otherwise
 * @param usual the order of its bytes unless it says otherwise
 */
record SlotReader(Table table, Order usual, Mistakes mistakes) {

  private static final List<String> LAYOUTS =
      Stream.of(Layout.values()).filter(l -> l != Layout.BIT).map(Layout::word).toList();
  private static final List<String> ORDERS = Stream.of(Order.values()).map(Order::name).toList();

  @Nullable Slot slot(Text name, Section own) {
    var place = place(own);
    var meaning = place == null ? null : meaning(own, place);
    if (place == null || meaning == null) {
      return null;
    }
    var sentinels = sentinels(own, place.layout());
    var outputs = new OutputReader(own, mistakes);
    var output = outputs.read(place, meaning);
    own.refuseOthers("a point");
    var slot = new Slot(name.text(), place, meaning, sentinels, output);
    outputs.checkSafe(slot);
    return slot;
  }

  /** Null when a mistake was told. */
  Slot.@Nullable Place place(Section own) {
    own.required("at", "0x0000");
    var address = whole(own, "at", 0, 0xFFFF, mistakes);
    var from = own.has("function") ? table(own, mistakes) : table;
    if (address == null || from == null) {
      return null;
    }
    var layout = layout(own, from);
    var order = order(own, usual);
    if (layout != null && address + layout.size() > 0x10000) {
      mistakes.add(own.markOf("at"), "E103", "it ends behind 0xFFFF", "write a smaller address");
      return null;
    }
    return layout == null ? null : new Slot.Place(from, address, layout, order);
  }

  private @Nullable Layout layout(Section own, Table from) {
    if (from.isOfBits()) {
      return Layout.BIT;
    }
    var word = own.has("bit") ? own.text("type") : own.required("type", "u16");
    if (word == null) {
      return own.has("bit") ? Layout.U16 : null;
    }
    var layout = LAYOUTS.contains(word.text()) ? Layout.of(word.text()) : null;
    if (layout == null) {
      mistakes.add(
          word.mark(),
          "E104",
          "'%s' is no type of registers".formatted(word),
          Nearest.help(word.text(), LAYOUTS));
    }
    return layout;
  }

  private @Nullable Meaning meaning(Section own, Slot.Place place) {
    var bit = whole(own, "bit", 0, 16 * place.layout().size() - 1, mistakes);
    var words = own.section("words");
    var is = numbers(own, "is", place.layout());
    if (words != null) {
      return new Meaning.Words(words(words, place.layout()));
    }
    if (bit != null) {
      return new Meaning.Bit(bit);
    }
    if (own.has("is") || (place.layout() == Layout.BIT && !own.has("unit"))) {
      return new Meaning.Flag(is.isEmpty() ? Set.of(1L) : is);
    }
    return number(own);
  }

  private @Nullable Meaning number(Section own) {
    var scale = own.number("scale");
    var offset = own.number("offset");
    own.required("unit", "W");
    var unit = own.unit("unit");
    if (scale != null && scale == 0) {
      mistakes.add(own.markOf("scale"), "E103", "nothing is left by 'scale' 0", "write 1 or 0.1");
      return null;
    }
    return unit == null
        ? null
        : new Meaning.Measure(scale == null ? 1 : scale, offset == null ? 0 : offset, unit);
  }

  private Map<Long, String> words(Section section, Layout layout) {
    var words = new HashMap<Long, String>();
    for (var entry : section.entries()) {
      var number = Wholes.of(entry.key().text());
      if (number == null || !(entry.value() instanceof Node.Word(var word))) {
        mistakes.add(
            entry.key().mark(),
            "E104",
            "'%s' is no number of a word".formatted(entry.key()),
            "write { 0: none, 1: moving }");
      } else {
        words.put(layout.cut(number), word.text());
      }
    }
    return words;
  }

  /** A list of numbers, or numbers with a reason each. */
  private Map<Long, Reason> sentinels(Section own, Layout layout) {
    var sentinels = new HashMap<Long, Reason>();
    if (!(own.node("sentinel") instanceof Node.Mapping(var reasons))) {
      numbers(own, "sentinel", layout).forEach(bits -> sentinels.put(bits, Reason.SENTINEL));
      return sentinels;
    }
    for (var entry : reasons.entries()) {
      var number = Wholes.of(entry.key().text());
      var reason = reasons.text(entry.key().text());
      var known = reason == null ? null : Reasons.read(reason, mistakes);
      if (number == null) {
        mistakes.add(
            entry.key().mark(),
            "E104",
            "'%s' is no whole number".formatted(entry.key()),
            "write { 0xFFFD: no echo }");
      } else if (known != null) {
        sentinels.put(layout.cut(number), known);
      }
    }
    return sentinels;
  }

  private Set<Long> numbers(Section own, String key, Layout layout) {
    var numbers = new HashSet<Long>();
    for (var text : own.texts(key)) {
      var number = Wholes.of(text.text());
      if (number == null) {
        mistakes.add(
            text.mark(),
            "E104",
            "'%s' is no whole number".formatted(text),
            "write what stands in the register, as 0xFFFF or -1");
      } else {
        numbers.add(layout.cut(number));
      }
    }
    return numbers;
  }

  static Order order(Section own, Order usual) {
    var word = own.choice("order", ORDERS);
    return word == null ? usual : Order.valueOf(word);
  }

  static @Nullable Table table(Section own, Mistakes mistakes) {
    var number = whole(own, "function", 1, 4, mistakes);
    return number == null ? null : Table.of(number);
  }

  /** A whole number, decimal or 0x…; null when it is missing, or a mistake was told. */
  static @Nullable Integer whole(Section own, String key, int least, int most, Mistakes mistakes) {
    var text = own.text(key);
    if (text == null) {
      return null;
    }
    var number = Wholes.of(text.text());
    if (number != null && number >= least && number <= most) {
      return number.intValue();
    }
    mistakes.add(
        text.mark(),
        number == null ? "E104" : "E103",
        number == null
            ? "'%s' is no whole number".formatted(text)
            : "'%s' is out of range".formatted(text),
        "write a whole number from %d to %d%s"
            .formatted(least, most, most == 0xFFFF ? ", or 0x0000 to 0xFFFF" : ""));
    return null;
  }
}
