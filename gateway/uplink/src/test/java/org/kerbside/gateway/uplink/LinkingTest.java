package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.kerbside.gateway.uplink.Words.at;
import static org.kerbside.gateway.uplink.Words.place;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Frame;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Place;
import org.kerbside.gateway.model.Rendered;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.Wire.Link;

/** The links of audit events, as anybody can reckon them from what was published. */
class LinkingTest {

  private static final String BEFORE = "0".repeat(64);

  /**
   * Of {"clock":"sync","kind":"audit","before":"000…","at":1790000000.25,"what":"cleaned",
   * "subject":"厕-1","by":"crew:4711"}, by sha256sum.
   */
  private static final String OWN =
      "7d88a8062f7145251df8f5dd6b46b00bff5608f62ff824df2ceaf94ae5445aae";

  private final JsonWire wire = new JsonWire("CD-QY-0173", "k3f09a2z", null);

  @Test
  void isTheHashOfAllButThePlace() {
    var told = rendered(wire, place(Stream.EVENTS, 77), "cleaned", at(250));
    assertThat(new String(told.payload(), UTF_8))
        .startsWith(
            "{\"v\":1,\"gw\":\"CD-QY-0173\",\"epoch\":\"01K4Z6R0YH\",\"stream\":\"e\",\"seq\":77,")
        .contains("\"kind\":\"audit\",\"before\":\"%s\",".formatted(BEFORE));
    assertThat(wire.link(told)).isEqualTo(new Link(BEFORE, OWN));
  }

  @Test
  void isTheSameWhereverItStandsAndHoweverItIsPacked() {
    var packed = new JsonWire("G-2", "k3f09a2z", 1);
    var there = new Place("G-2", "01K4Z6R0YZ", Stream.EVENTS, 3);
    assertThat(wire.link(rendered(packed, there, "cleaned", at(250))))
        .isEqualTo(new Link(BEFORE, OWN));
  }

  @Test
  void isAnotherForWhateverIsChanged() {
    var links =
        List.of(
            rendered(wire, place(Stream.EVENTS, 77), "cleaned", at(250)),
            rendered(wire, place(Stream.EVENTS, 77), "emptied", at(250)),
            rendered(wire, place(Stream.EVENTS, 77), "cleaned", at(251)),
            rendered(wire, place(Stream.EVENTS, 77), "cleaned", at(250, ClockQuality.HOLD)),
            rendered(wire, place(Stream.EVENTS, 77), "cleaned", at(250, ClockQuality.NONE)));
    assertThat(links.stream().map(wire::link).distinct()).hasSize(links.size());
  }

  @Test
  void onlyWhatSomebodyDidHasOne() {
    var health = new Event.Health(at(0), "audit", "x", List.of("before"));
    var other = wire.render(new Frame.Single(place(Stream.EVENTS, 1), at(0), health));
    assertThat(wire.link(other)).isNull();
    var told = rendered(wire, place(Stream.EVENTS, 77), "cleaned", at(250));
    var moved = wire.moved(new StoredFrame(Stream.EVENTS, 77, told), place(Stream.EVENTS, 2));
    assertThat(wire.link(moved)).as("its chain is another epoch's").isNull();
  }

  private static Rendered rendered(JsonWire wire, Place place, String what, Moment at) {
    var act = new Act(Issuer.CREW, "crew:4711", "", at, null);
    return wire.render(new Frame.Chained(place, at, new Event.Audit(at, what, "厕-1", act), BEFORE));
  }
}
