package org.kerbside.drivers.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;

/**
 * Where a device says that it is here, and the broker, by its last will, that it is gone.
 *
 * @param gone what is said of one that is gone
 * @param here what one says that is here
 */
record Presence(Template topic, String gone, String here) {

  /** What a message says. */
  enum Word {
    GONE,
    HERE,
    /** Neither; it is malformed. */
    OTHER
  }

  /** A word that stands alone, or in a JSON object as {@code {"state":"offline"}}. */
  Word of(byte[] payload) {
    String said = new String(payload, UTF_8).strip();
    if (said.equals(gone) || isMember(said, gone)) {
      return Word.GONE;
    }
    return said.equals(here) || isMember(said, here) ? Word.HERE : Word.OTHER;
  }

  private static boolean isMember(String said, String word) {
    return said.startsWith("{")
        && said.matches(
            "\\{\\s*\"[^\"]*\"\\s*:\\s*\"" + java.util.regex.Pattern.quote(word) + "\"\\s*}");
  }

  /** Null where there is none, or when a mistake was told. */
  static @Nullable Presence read(@Nullable Section own, Mistakes mistakes) {
    if (own == null) {
      return null;
    }
    var topic = own.required("topic", "d/{address}/status");
    var gone = own.required("gone", "offline");
    var here = own.required("here", "online");
    own.refuseOthers("'presence'");
    var template = topic == null ? null : Template.read(topic, Template.Naming.NONE, mistakes);
    return template == null || gone == null || here == null
        ? null
        : new Presence(template, gone.text(), here.text());
  }
}
