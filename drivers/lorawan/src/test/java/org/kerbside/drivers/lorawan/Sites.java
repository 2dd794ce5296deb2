package org.kerbside.drivers.lorawan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Profile;
import org.kerbside.config.Profiles;
import org.kerbside.config.SiteConfig;
import org.kerbside.config.SiteReader;
import org.kerbside.config.Text;
import org.kerbside.config.Yaml;
import org.kerbside.drivers.testkit.Chirpstack;
import org.kerbside.gateway.assets.Kinds;

/** Sites and profiles as people write them. */
final class Sites {

  static final Path SHIPPED = Path.of("../../config/profiles");
  static final Path EXAMPLE = Path.of("../../config/sites/lorawan.yaml");

  private Sites() {}

  static SiteConfig read(Path file, Mistakes mistakes) {
    var reader = new SiteReader(Kinds.TABLE, Profiles.shipped(), Set.of("lorawan"));
    var site = reader.read(file, List.of(), mistakes);
    if (site == null) {
      throw new AssertionError(mistakes.all().toString());
    }
    return site;
  }

  /** The models whose profiles ship, in order. */
  static List<String> models() throws IOException {
    var models = new ArrayList<String>();
    try (var files = Files.list(SHIPPED)) {
      for (var file : files.sorted().toList()) {
        if (Files.readString(file).contains("driver: lorawan")) {
          models.add(file.getFileName().toString().replace(".yaml", ""));
        }
      }
    }
    return models;
  }

  /** Where ChirpStack tells a device's uplinks. */
  static EventTopic uplinks(String eui) {
    var topic = EventTopic.of(Chirpstack.topic(eui, "up"));
    if (topic == null) {
      throw new AssertionError("no topic of '%s'".formatted(eui));
    }
    return topic;
  }

  static LorawanProfile shipped(String name) throws IOException {
    return profile(Files.readString(SHIPPED.resolve(name + ".yaml")));
  }

  static LorawanProfile profile(String yaml) {
    var mistakes = new Mistakes();
    var read = LorawanProfile.read(written(yaml, mistakes), mistakes);
    assertThat(mistakes.all()).isEmpty();
    if (read == null) {
      throw new AssertionError("no profile, and no mistake");
    }
    return read;
  }

  static Profile written(String yaml, Mistakes mistakes) {
    var own = Yaml.read("profile.yaml", yaml, mistakes);
    if (own == null) {
      throw new AssertionError(mistakes.all().toString());
    }
    var name = own.text("profile");
    return new Profile(name == null ? word("p") : name, word("lorawan"), own);
  }

  static Text word(String text) {
    return new Text(text, Mark.of("site.yaml", text), Text.Style.PLAIN);
  }
}
