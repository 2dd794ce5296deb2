package org.kerbside.drivers.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Band;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointId;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Unit;

class QuantityTest {

  @Test
  void aNumberFitsWhereItsUnitDoes() {
    var distance = Quantity.number("distance", Unit.MILLIMETRE);
    assertThat(distance.misfit(point(PointType.NUM, Unit.METRE))).isNull();
    assertThat(distance.misfit(point(PointType.NUM, Unit.CELSIUS)))
        .isEqualTo("is in Cel, here it is in mm");
    assertThat(distance.misfit(point(PointType.FLAG, Unit.COUNT))).isEqualTo("is no number");
  }

  @Test
  void aGasFitsAsAShareOfTheAir() {
    var gas = Quantity.number("nh3", Unit.PPM);
    assertThat(gas.misfit(point(PointType.NUM, Unit.MICROGRAM))).isNull();
    assertThat(gas.misfit(point(PointType.NUM, Unit.METRE))).isNotNull();
  }

  @Test
  void aFlagAndAWordFitTheirOwn() {
    var state = Quantity.state("presence", Set.of("none", "moving"));
    assertThat(state.misfit(point(PointType.STATE, Unit.COUNT, "none", "moving", "both"))).isNull();
    assertThat(state.misfit(point(PointType.STATE, Unit.COUNT, "none"))).startsWith("has no such");
    assertThat(state.misfit(point(PointType.FLAG, Unit.COUNT))).startsWith("has no such");
    assertThat(Quantity.flag("open").misfit(point(PointType.FLAG, Unit.COUNT))).isNull();
    assertThat(Quantity.flag("open").misfit(point(PointType.NUM, Unit.COUNT)))
        .isEqualTo("is no flag");
  }

  private static Point point(PointType type, Unit unit, String... words) {
    var spec =
        new PointSpec(
            "p",
            type,
            unit,
            0,
            1,
            new Band.None(),
            Duration.ofHours(1),
            PointSpec.Access.OBSERVED,
            List.of(words));
    return new Point(0, new PointId("a", "p"), spec);
  }
}
