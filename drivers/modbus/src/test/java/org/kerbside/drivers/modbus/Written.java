package org.kerbside.drivers.modbus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  static final Path SHIPPED = Path.of("../../config/profiles");

  private Written() {}

  static ModbusBus bus(String yaml) {
    var mistakes = new Mistakes();
    var bus =
        ModbusBus.read(
            new BusConfig(word("b"), word("modbus"), section("site.yaml", yaml, mistakes)),
            mistakes);
    if (bus == null) {
      throw new AssertionError(mistakes.all().toString());
    }
    return bus;
  }

  static Profile profile(String yaml, Mistakes mistakes) {
    var own = section("profile.yaml", yaml, mistakes);
    var name = own.text("profile");
    return new Profile(name == null ? word("p") : name, word("modbus"), own);
  }

  static ModbusProfile good(String yaml) {
    var mistakes = new Mistakes();
    var profile = ModbusProfile.read(profile(yaml, mistakes), mistakes);
    if (profile == null) {
      throw new AssertionError(mistakes.all().toString());
    }
    return profile;
  }

  static String shipped(String name) {
    try {
      return Files.readString(SHIPPED.resolve(name + ".yaml"));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  static Device device(int unit, String profile, Asset asset) {
    return new Device(
        "b", String.valueOf(unit), word("b/" + unit), asset, profile(profile, new Mistakes()));
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
