package org.kerbside.drivers.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.Senml.Form;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Band;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointId;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

class SenmlPackTest {

  private static final Asset BIN =
      bin(spec("distance", PointType.NUM, Unit.METRE), spec("open", PointType.FLAG, Unit.RATIO));

  @Test
  void aPrefixThatIsTheDevicesIsTakenOff() throws BadTelegram {
    var said =
        said("[{'bn':'A81/','n':'distance','u':'cm','v':42},{'bn':'','n':'open','vb':true}]");
    assertThat(said.problems()).isEmpty();
    assertThat(said.samples())
        .containsExactly(
            new Sample(
                "distance",
                new Value.Num(42),
                Unit.of("cm"),
                org.kerbside.gateway.model.Quality.GOOD,
                null),
            Sample.of("open", true));
  }

  @Test
  void whatIsNotTheDevicesCostsThatRecordOnly() throws BadTelegram {
    var said =
        said(
            "[{'n':'A82/distance','v':1},{'n':'dist','v':1},{'n':'distance','u':'furlong','v':1},"
                + "{'n':'distance','u':'V','v':1},{'n':'distance','vb':true},"
                + "{'n':'distance','v':2}]");
    assertThat(said.samples()).extracting(Sample::value).containsExactly(new Value.Num(2));
    assertThat(said.problems())
        .containsExactly(
            "record 1: 'A82/distance': the name is another device's: expected 'A81/' or no prefix",
            "record 2: 'dist': the device has no such point; see the points of its asset's kind",
            "record 3: 'distance': unknown unit: got 'furlong', expected cm, km, m, mm",
            "record 4: 'distance': a unit of another quantity: got 'V', expected cm, km, m, mm",
            "record 5: 'distance': a value of another type: got vb, expected v");
  }

  @Test
  void aRecordWithoutAUnitIsInThePointsOwn() throws BadTelegram {
    assertThat(said("[{'n':'distance','v':2}]").samples())
        .singleElement()
        .satisfies(sample -> assertThat(sample.unit()).isNull());
  }

  private static SenmlPack.Said said(String body) throws BadTelegram {
    byte[] bytes = body.replace('\'', '"').getBytes(UTF_8);
    return Senml.decode(Form.JSON, bytes, Instant.EPOCH).of("A81", List.of(BIN));
  }

  private static PointSpec spec(String name, PointType type, Unit unit) {
    return new PointSpec(
        name,
        type,
        unit,
        0,
        10,
        new Band.Change(),
        Duration.ofHours(1),
        PointSpec.Access.OBSERVED,
        List.of());
  }

  private static Asset bin(PointSpec... specs) {
    var points = new java.util.ArrayList<Point>();
    for (var spec : specs) {
      points.add(new Point(points.size(), new PointId("bin-7", spec.name()), spec));
    }
    var kind =
        new Kind(
            "bin",
            new LinkedHashMap<>(),
            List.of(),
            List.of(),
            Kind.Parent.NONE,
            Kind.Device.OPTIONAL);
    return new Asset("bin-7", kind, "bin 7", null, points, Map.of(), Map.of());
  }
}
