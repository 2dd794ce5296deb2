package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Got;
import org.kerbside.gateway.model.Signed;
import org.kerbside.gateway.model.Want;
import org.kerbside.gateway.model.WantDoor;

/** What came in the name of the city and nobody has signed. */
class WantsTest {

  private final List<Event.Audit> audits = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();

  private final WantDoor door =
      new WantDoor() {
        @Override
        public boolean isOpen() {
          return true;
        }

        @Override
        public void arrive(Want want) {
          throw new AssertionError("nobody signed it");
        }

        @Override
        public void refused(String why) {
          refused.add(why);
        }

        @Override
        public @Nullable Got got() {
          return null;
        }
      };

  private final Wants wants =
      new Wants("G-1", new Signing(new Seals(List.of(), Signed.REQUIRED), door, audits::add), 0);

  @Test
  void isAuditedAndAFloodOfItOnceAMinute() {
    var plain = "{\"v\":1,\"gw\":\"G-1\",\"number\":7,\"files\":{}}".getBytes(UTF_8);
    for (long second = 0; second < 61; second++) {
      wants.arrive(plain, second * 1_000_000_000, Words.at(0));
    }
    assertThat(audits)
        .extracting(
            audit ->
                "%s %s %s"
                    .formatted(
                        audit.what(),
                        audit.subject(),
                        audit.act() == null ? "" : audit.act().reason()))
        .containsExactly(
            "unsigned want no signature", "unsigned want no signature; 60 since it was told last");
    assertThat(refused).hasSize(61).containsOnly("want: unsigned: no signature");
  }

  @Test
  void whatIsNoWantAtAllIsNoUnsignedOne() {
    wants.arrive("{".getBytes(UTF_8), 0, Words.at(0));
    assertThat(audits).isEmpty();
    assertThat(refused).singleElement().asString().contains("no JSON");
  }
}
