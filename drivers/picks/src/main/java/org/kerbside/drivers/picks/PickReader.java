package org.kerbside.drivers.picks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Node;
import org.kerbside.config.Section;
import org.kerbside.config.Text;

/** The words of a profile that picks values out of messages: the same for every driver. */
public final class PickReader {

  private static final List<String> TIMES = List.of("s", "ms", "us", "iso");

  private final Section profile;
  private final Mistakes mistakes;

  public PickReader(Section profile, Mistakes mistakes) {
    this.profile = profile;
    this.mistakes = mistakes;
  }

  /**
   * One value: {@code unit}, {@code scale} and {@code words} of its section.
   *
   * @param name the point's; absent where the message names it
   */
  public Pick pick(Section point, @Nullable String name, Pointer pointer) {
    Double scale = point.number("scale");
    return new Pick(name, pointer, point.unit("unit"), scale == null ? 1 : scale, words(point));
  }

  /** Where the value stands; null, and a mistake, when that is missing or none. */
  public @Nullable Pointer value(Section point) {
    return pointer(point.required("value", "/v"));
  }

  /** Where the source's own time stands; null where it tells none. */
  public @Nullable Pointer time() {
    var written = profile.text("time");
    if (written != null && !profile.has("time-unit")) {
      mistakes.add(
          written.mark(), "E001", "'time-unit' is missing", "add time-unit: s, ms, us or iso");
    }
    return pointer(written);
  }

  public Dating dating() {
    return Dating.of(profile.choice("time-unit", TIMES));
  }

  /** The section under a point's name; null, and a mistake, when there is none. */
  public @Nullable Section section(Section.Entry entry) {
    if (entry.value() instanceof Node.Mapping(var section)) {
      return section;
    }
    mistakes.add(
        entry.value().mark(),
        "E004",
        "'%s' has the wrong shape".formatted(entry.key()),
        "write a section { value: /v }");
    return null;
  }

  private @Nullable Pointer pointer(@Nullable Text written) {
    return written == null ? null : Pointer.read(written, mistakes);
  }

  private static Map<String, String> words(Section point) {
    var words = new HashMap<String, String>();
    var section = point.section("words");
    if (section != null) {
      for (var entry : section.entries()) {
        if (entry.value() instanceof Node.Word(var word)) {
          words.put(entry.key().text(), word.text());
        }
      }
    }
    return words;
  }
}
