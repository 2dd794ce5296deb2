package org.kerbside.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.kerbside.gateway.assets.Kinds;

/** Sites as the tests read them. */
final class Sites {

  static final SiteReader READER =
      new SiteReader(
          Kinds.TABLE,
          Profiles.shipped(),
          Set.of("board", "camel", "coap", "lorawan", "modbus", "mqtt", "simulator"));

  static final String HEAD =
      """
      schema: 1
      site: { id: T-1, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
      uplink: { url: mqtt://127.0.0.1:1883, tenant: t, accept: [ plaintext, anonymous ] }
      buses: { field: { driver: mqtt } }
      """;

  private Sites() {}

  /** A site without mistakes, from its own file. */
  static SiteConfig good(Path file, String... settings) {
    var mistakes = new Mistakes();
    var config = READER.read(file, List.of(settings), mistakes);
    assertThat(mistakes.all()).isEmpty();
    return Objects.requireNonNull(config);
  }

  /** A site without mistakes: {@link #HEAD} and these lines. */
  static SiteConfig good(Path folder, String lines, List<String> settings) throws IOException {
    var file = folder.resolve("site.yaml");
    Files.writeString(file, HEAD + lines);
    return good(file, settings.toArray(String[]::new));
  }

  static Section yaml(String content) {
    var mistakes = new Mistakes();
    var section = Yaml.read("test.yaml", content, mistakes);
    assertThat(mistakes.all()).isEmpty();
    return Objects.requireNonNull(section);
  }

  static Text word(String text) {
    return new Text(text, Mark.of("test", text), Text.Style.PLAIN);
  }
}
