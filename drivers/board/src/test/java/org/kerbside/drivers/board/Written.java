package org.kerbside.drivers.board;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.BusConfig;
import org.kerbside.config.Device;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Profile;
import org.kerbside.config.Section;
import org.kerbside.config.Text;
import org.kerbside.config.Yaml;
import org.kerbside.gateway.model.Asset;

/** Configuration as a user writes it. */
final class Written {

  private static final Path SHIPPED = Path.of("../../config/profiles");

  private Written() {}

  static BoardBus bus(String yaml) {
    var mistakes = new Mistakes();
    var bus = BoardBus.read(config(yaml, mistakes), mistakes);
    if (bus == null) {
      throw new AssertionError(mistakes.all().toString());
    }
    return bus;
  }

  static BusConfig config(String yaml, Mistakes mistakes) {
    return new BusConfig(word("b"), word("board"), section("site.yaml", yaml, mistakes));
  }

  static Profile profile(String yaml, Mistakes mistakes) {
    var own = section("profile.yaml", yaml, mistakes);
    var name = own.text("profile");
    return new Profile(name == null ? word("p") : name, word("board"), own);
  }

  static PinProfile good(String yaml) {
    var mistakes = new Mistakes();
    var profile = PinProfile.read(profile(yaml, mistakes), mistakes);
    if (profile == null || mistakes.hasErrors()) {
      throw new AssertionError(mistakes.all().toString());
    }
    return profile;
  }

  /** A profile that ships, by its name. */
  static String shipped(String name) {
    try {
      return Files.readString(SHIPPED.resolve(name + ".yaml"));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  /** A device at {@code b/ADDRESS} with a profile that ships. */
  static Device device(String address, String profile, Asset asset, @Nullable String point) {
    return new Device(
        "b",
        address,
        word("b/" + address),
        asset,
        profile(shipped(profile), new Mistakes()),
        point,
        null);
  }

  static Section section(String file, String yaml, Mistakes mistakes) {
    var section = Yaml.read(file, yaml, mistakes);
    if (section == null) {
      throw new AssertionError(mistakes.all().toString());
    }
    return section;
  }

  static Text word(String text) {
    return new Text(text, Mark.of("site.yaml", text), Text.Style.PLAIN);
  }
}
