package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Owner;
import org.kerbside.gateway.model.Value;

class AssetBoardTest {

  private final Street street = new Street();
  private final AssetBoard board = new AssetBoard(new Topics(Street.PREFIX));

  @Test
  void aValueHeardAgainIsNoChange() {
    assertThat(told()).hasSize(1);
    street.repeat(0.5, 30_000);
    assertThat(told()).isEmpty();
  }

  @Test
  void aNewValueIsToldWithItsTimeAndSoIsAnAlarm() {
    assertThat(told()).hasSize(1);
    street.repeat(0.5, 30_000);
    assertThat(told()).isEmpty();
    street.repeat(0.7, 60_000);
    assertThat(told()).singleElement().asString().contains("{\"v\":0.7,\"t\":1790000060}");
    street.overflow();
    assertThat(told()).singleElement().asString().contains("bin-2/bin-overflow");
  }

  @Test
  void whatIsShelvedIsListedAndGravesNothing() {
    street.overflow();
    assertThat(told()).singleElement().asString().contains("\"condition\":\"alarm\"");
    street.shelve();
    assertThat(told())
        .singleElement()
        .asString()
        .contains("\"condition\":\"normal\"", "bin-2/bin-overflow");
    street.clear();
    assertThat(told()).singleElement().asString().contains("\"alarms\":[]");
  }

  @Test
  void whoWorksOnAnAssetHasIt() {
    assertThat(told()).singleElement().asString().contains("\"mode\":\"auto\"");
    street.maintain();
    assertThat(told()).singleElement().asString().contains("\"mode\":\"maintenance\"");
  }

  @Test
  void anOwnerThatIsNotObeyedIsAChangeAndSaysWhy() {
    var owner = new Owner(Issuer.PROGRAMME, "street-evening", new Value.Num(1), null);
    street.own(owner);
    assertThat(told())
        .singleElement()
        .asString()
        .contains("\"owner\":{\"fill\":{\"by\":\"street-evening\"}}");
    street.own(owner.in("no answer"));
    assertThat(told()).singleElement().asString().contains("\"trouble\":\"no answer\"");
    street.own(owner.in("no answer"));
    assertThat(told()).isEmpty();
  }

  @Test
  void silenceIsAChange() {
    assertThat(told()).hasSize(1);
    street.fallSilent(180_000);
    assertThat(told()).singleElement().asString().contains("\"data\":\"stale\"");
  }

  /** After a start a value may be older than the time for which its device may still speak. */
  @Test
  void aValueThatGrowsOldIsAChangeBeforeAnybodySaysSo() {
    assertThat(told()).hasSize(1);
    street.pass(170_000);
    assertThat(told()).isEmpty();
    street.pass(180_000);
    assertThat(told()).singleElement().asString().contains("\"data\":\"stale\"");
    street.pass(190_000);
    assertThat(told()).isEmpty();
  }

  private List<String> told() {
    board.look(street.overview());
    var told = new ArrayList<String>();
    while (board.isWaiting()) {
      told.add(new String(board.next().payload(), UTF_8));
    }
    return told;
  }
}
