package org.kerbside.drivers.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.testkit.Campaign;

/** What stands close together is read at once, and nothing is forgotten. */
class ReadsTest {

  private static final List<Layout> LAYOUTS = List.of(Layout.U16, Layout.S32, Layout.F64);

  @Test
  void neighboursAreOneRequest() {
    assertThat(Reads.of(List.of(at(0, Layout.F32), at(2, Layout.U16), at(3, Layout.U16)), 0, 125))
        .containsExactly(new Request.Read(Table.INPUT, 0, 4));
  }

  @Test
  void aGapIsReadAlongOnlyWhereTheProfileAllowsIt() {
    var places = List.of(at(0, Layout.F32), at(6, Layout.F32));
    assertThat(Reads.of(places, 3, 125)).hasSize(2);
    assertThat(Reads.of(places, 4, 125)).containsExactly(new Request.Read(Table.INPUT, 0, 8));
  }

  @Test
  void noRequestIsLongerThanADeviceTakes() {
    var places = new ArrayList<Slot.Place>();
    for (int address = 0; address < 200; address++) {
      places.add(at(address, Layout.U16));
    }
    assertThat(Reads.of(places, 0, 125)).extracting(Request.Read::count).containsExactly(125, 75);
    assertThat(Reads.of(places, 0, 80)).extracting(Request.Read::count).containsExactly(80, 80, 40);
  }

  @Test
  void eachTableIsAskedByItself() {
    var coil = new Slot.Place(Table.COIL, 0, Layout.BIT, Order.ABCD);
    assertThat(Reads.of(List.of(at(0, Layout.U16), coil), 9, 125))
        .containsExactly(new Request.Read(Table.COIL, 0, 1), new Request.Read(Table.INPUT, 0, 1));
  }

  @Test
  @Tag("modbus-reads")
  void everyPlaceIsInOneRequestWhateverTheyAre() {
    var campaign = Campaign.of("modbus-reads", 500);
    var chance = campaign.chance();
    for (int i = 0; i < campaign.n(); i++) {
      var places = new ArrayList<Slot.Place>();
      for (int k = chance.nextInt(1, 30); k > 0; k--) {
        var layout = LAYOUTS.get(chance.nextInt(LAYOUTS.size()));
        places.add(at(chance.nextInt(300), layout));
      }
      int most = chance.nextInt(4, 126);
      var reads = Reads.of(places, chance.nextInt(20), most);
      assertThat(places).as("%s", campaign).allMatch(p -> reads.stream().anyMatch(p::isIn));
      assertThat(reads).as("%s", campaign).allMatch(read -> read.count() <= most);
      assertThat(reads).as("%s", campaign).doesNotHaveDuplicates();
    }
  }

  private static Slot.Place at(int address, Layout layout) {
    return new Slot.Place(Table.INPUT, address, layout, Order.ABCD);
  }
}
