package org.kerbside.drivers.camel;

import org.kerbside.config.BusConfig;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Profile;
import org.kerbside.config.Section;
import org.kerbside.config.Text;
import org.kerbside.config.Yaml;

/** Configuration as a user writes it. */
final class Written {

  private Written() {}

  static BusConfig bus(String yaml, Mistakes mistakes) {
    return new BusConfig(word("in"), word("camel"), section(yaml, mistakes));
  }

  static Profile profile(String yaml, Mistakes mistakes) {
    var own = section(yaml, mistakes);
    var name = own.text("profile");
    return new Profile(name == null ? word("p") : name, word("camel"), own);
  }

  static Section section(String yaml, Mistakes mistakes) {
    var section = Yaml.read("site.yaml", yaml, mistakes);
    if (section == null) {
      throw new AssertionError(mistakes.all().toString());
    }
    return section;
  }

  static Text word(String text) {
    return new Text(text, Mark.of("site.yaml", text), Text.Style.PLAIN);
  }
}
