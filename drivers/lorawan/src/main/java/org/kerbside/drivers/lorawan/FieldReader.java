package org.kerbside.drivers.lorawan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Node;
import org.kerbside.config.Section;
import org.kerbside.config.Text;
import org.kerbside.gateway.model.Quality;

/** Reads one entry of a profile's {@code points}. */
final class FieldReader {

  /** Whether pairs stand before the values. */
  enum Shape {
    PAIRS,
    FIXED
  }

  private static final int LONGEST = 255; // bytes: no LoRaWAN telegram has more
  private static final List<String> TYPES =
      Arrays.stream(Slot.Type.values()).map(type -> type.name().toLowerCase(Locale.ROOT)).toList();

  private final Shape shape;
  private final Mistakes mistakes;

  FieldReader(Shape shape, Mistakes mistakes) {
    this.shape = shape;
    this.mistakes = mistakes;
  }

  /** Every way in which a telegram may say it; those with a mistake are left out. */
  List<Field> read(Section.Entry entry) {
    var fields = new ArrayList<Field>();
    for (var own : sections(entry.value())) {
      var field = field(entry.key(), own);
      if (field != null) {
        fields.add(field);
      }
    }
    return fields;
  }

  private List<Section> sections(Node node) {
    return switch (node) {
      case Node.Mapping(var own) -> List.of(own);
      case Node.Items(var items, var mark) ->
          items.stream().flatMap(n -> sections(n).stream()).toList();
      case Node.Word(var word) -> {
        mistakes.add(
            word.mark(),
            "E004",
            "'%s' has the wrong shape".formatted(word),
            "write a section { … }");
        yield List.of();
      }
    };
  }

  private @Nullable Field field(Text key, Section own) {
    var pairs = pairs(own);
    var slot = slot(own);
    var meaning = meaning(own);
    var says = Sayings.read(own.section("says"), mistakes);
    var doubt = own.text("doubt");
    var quality = doubt == null ? Quality.GOOD : Sayings.quality(doubt, mistakes);
    var only = only(own.section("only"));
    var judge = judge(own.section("judge"));
    int time = Numbers.small(own, "time", LONGEST, -1);
    own.refuseOthers("'%s'".formatted(key));
    var place = Channel.read(key, mistakes);
    return place == null || pairs == null || slot == null || meaning == null || quality == null
        ? null
        : new Field(
            place.number(), place.name(), pairs, slot, meaning, says, quality, only, judge, time);
  }

  private @Nullable Set<Integer> pairs(Section own) {
    if (shape == Shape.FIXED) {
      return Set.of(Part.NONE);
    }
    if (!own.has("pair")) {
      mistakes.add(own.mark(), "E001", "'pair' is missing", "add pair: 03 67");
    }
    var pairs = new LinkedHashSet<Integer>();
    for (var word : own.texts("pair")) {
      Integer pair = pair(word, mistakes);
      if (pair != null) {
        pairs.add(pair);
      }
    }
    return pairs.isEmpty() ? null : pairs;
  }

  /** Channel and type in one number; null, and a mistake, when it is none. */
  static @Nullable Integer pair(Text word, Mistakes mistakes) {
    byte[] bytes = Numbers.bytes(word, mistakes);
    if (bytes == null) {
      return null;
    }
    if (bytes.length == 2) {
      return (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
    }
    mistakes.add(
        word.mark(), "E104", "'%s' is no pair".formatted(word), "write channel and type, as 03 67");
    return null;
  }

  private @Nullable Slot slot(Section own) {
    int at = Numbers.small(own, "at", LONGEST, 0);
    var written = own.required("type", "u16");
    long mask = mask(own);
    if (written == null) {
      return null;
    }
    var type = Slot.Type.of(written.text());
    if (type == null) {
      mistakes.add(
          written.mark(),
          "E104",
          "'%s' is no type of a number".formatted(written),
          Nearest.help(written.text(), TYPES));
      return null;
    }
    return new Slot(at, type, mask);
  }

  private long mask(Section own) {
    var written = own.text("mask");
    Long mask = written == null ? null : Numbers.whole(written.text());
    if (written != null && (mask == null || mask <= 0)) {
      mistakes.add(
          written.mark(), "E104", "'%s' is no mask".formatted(written), "write it as 0x3FFF");
      return Slot.WHOLE;
    }
    return mask == null ? Slot.WHOLE : mask;
  }

  private Field.@Nullable Meaning meaning(Section own) {
    var flag = own.choice("is", List.of("number", "flag"));
    var unit = own.unit("unit");
    Double scale = own.number("scale");
    if ("flag".equals(flag)) {
      return new Field.Meaning.Flag();
    }
    if (!own.has("unit")) {
      mistakes.add(own.mark(), "E001", "'unit' is missing", "add unit: mm, or is: flag");
    }
    return unit == null ? null : new Field.Meaning.Amount(scale == null ? 1 : scale, unit);
  }

  private Field.@Nullable Only only(@Nullable Section own) {
    if (own == null) {
      return null;
    }
    var slot = slot(own);
    int is = Numbers.small(own, "is", 0xFFFF, 1);
    own.refuseOthers("'only'");
    return slot == null ? null : new Field.Only(slot, is);
  }

  private Field.@Nullable Judge judge(@Nullable Section own) {
    if (own == null) {
      return null;
    }
    var pairs = pairs(own);
    var slot = slot(own);
    var says = Sayings.read(own.requiredSection("says", "{ 0: not calibrated }"), mistakes);
    own.refuseOthers("'judge'");
    return pairs == null || slot == null
        ? null
        : new Field.Judge(pairs.iterator().next(), slot, says);
  }
}
