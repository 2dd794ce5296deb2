package org.kerbside.drivers.board;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Node;
import org.kerbside.config.Profile;
import org.kerbside.config.Quantities;
import org.kerbside.config.Section;
import org.kerbside.config.Text;
import org.kerbside.gateway.model.Unit;

/**
 * A profile's own test: what its line is at, and what that must come to; or what is ordered, and
 * what the line is then driven to. Tried whenever a site with the profile is read.
 */
record PinProof(PinProfile profile, Text given, Text expected, Mistakes mistakes) {

  private static final Pattern STEP = Pattern.compile("\\s*(low|high|end) ([0-9.]+)(ms|s)\\s*");

  static List<PinProof> of(Profile written, PinProfile profile, Mistakes mistakes) {
    var proofs = new ArrayList<PinProof>();
    var node = written.own().node("test");
    if (node == null) {
      mistakes.add(
          written.own().mark(),
          "W210",
          "this profile has no test",
          "add test: { line: \"high 0s, low 1s, end 2s\", expect: on }");
      return proofs;
    }
    var sections =
        node instanceof Node.Mapping(var one) ? List.of(one) : written.own().sections("test");
    for (var section : sections) {
      var proof = of(section, profile, mistakes);
      if (proof != null) {
        proofs.add(proof);
      }
    }
    return proofs;
  }

  private static @Nullable PinProof of(Section section, PinProfile profile, Mistakes mistakes) {
    boolean isRead = profile instanceof PinProfile.Input || profile instanceof PinProfile.Pulses;
    var given =
        isRead
            ? section.required("line", "\"high 0s, low 1s, end 2s\"")
            : section.required("order", "on");
    var expected = section.required("expect", "on");
    section.refuseOthers("'test'");
    return given == null || expected == null
        ? null
        : new PinProof(profile, given, expected, mistakes);
  }

  /** Tells when it comes out otherwise. */
  void run() {
    var got =
        switch (profile) {
          case PinProfile.Input input -> came(new ContactPlay(input));
          case PinProfile.Pulses pulses -> came(new PulsePlay(pulses));
          case PinProfile.Switch relay -> driven(relay);
          case PinProfile.Dimmer dimmer -> driven(dimmer);
        };
    if (!got.equals(expected.text())) {
      mistakes.add(
          expected.mark(),
          "E210",
          "it comes out as %s".formatted(got),
          "see the profile, or what is expected");
    }
  }

  /** What hears a line. */
  private interface Play {
    void hears(Level level, long at);

    String says(long now);
  }

  private String came(Play play) {
    for (var written : given.text().split(",", -1)) {
      var step = STEP.matcher(written);
      if (!step.matches()) {
        return "nothing: '%s' is no step, as low 100ms".formatted(written.strip());
      }
      long at =
          Math.round(Double.parseDouble(step.group(2)) * (step.group(3).equals("s") ? 1e9 : 1e6));
      switch (step.group(1)) {
        case "low" -> play.hears(Level.LOW, at);
        case "high" -> play.hears(Level.HIGH, at);
        default -> {
          return play.says(at);
        }
      }
    }
    return "nothing: the line has no end, as end 2s";
  }

  private static final class ContactPlay implements Play {

    private final PinProfile.Input profile;
    private final Contact contact;

    private ContactPlay(PinProfile.Input profile) {
      this.profile = profile;
      this.contact = new Contact(profile.treatment());
    }

    @Override
    public void hears(Level level, long at) {
      contact.settles(at);
      contact.hears(level, at);
    }

    @Override
    public String says(long now) {
      contact.settles(now);
      if (now < profile.warmUp().toNanos()) {
        return "warming up";
      }
      if (contact.isFlapping()) {
        return "flapping";
      }
      boolean on = contact.level() == profile.on();
      var words = profile.words();
      return words == null ? (on ? "on" : "off") : on ? words.on() : words.off();
    }
  }

  private static final class PulsePlay implements Play {

    private final PulseCount count;
    private final double step;

    private PulsePlay(PinProfile.Pulses profile) {
      var none = Pace.unmetered(profile);
      this.count = new PulseCount(none.treatment(profile.edge()));
      this.step = profile.step();
    }

    @Override
    public void hears(Level level, long at) {
      if (count.raw() == null) {
        count.finds(level, at);
      } else {
        count.hears(level, at);
      }
    }

    @Override
    public String says(long now) {
      double amount = count.count() * step;
      return amount == Math.rint(amount) ? String.valueOf((long) amount) : String.valueOf(amount);
    }
  }

  private String driven(PinProfile.Switch relay) {
    return switch (given.text()) {
      case "on" -> relay.on() == Level.HIGH ? "high" : "low";
      case "off" -> relay.on() == Level.HIGH ? "low" : "high";
      default -> "nothing: order on or off";
    };
  }

  private String driven(PinProfile.Dimmer dimmer) {
    var light = Quantities.read(given, Unit.RATIO, mistakes);
    return light == null
        ? "nothing"
        : "%s%%".formatted(Math.round(dimmer.curve().at(light) * 1000) / 10.0).replace(".0%", "%");
  }
}
