package org.kerbside.config;

import java.util.Map;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** Whether the distances of a sensor that looks down go together. */
record Depth(Section own, Mistakes mistakes) {

  private static final double LEAST = 0.2; // m; less, and a ping's spread is a tenth of fill
  private static final double BLIND = 0.03; // m, of the usual ultrasonic sensor
  private static final double HAIR = 1e-9; // as written they may differ by more than in binary

  /** The full line is nearer than the floor, and not nearer than the sensor sees. */
  void check(Map<String, Value> settings) {
    if (!(settings.get("full") instanceof Value.Num(var line))) {
      return;
    }
    var full = own.text("full");
    if (full == null) {
      return;
    }
    double blind = settings.get("blind") instanceof Value.Num(var number) ? number : BLIND;
    if (line < blind - HAIR) {
      mistakes.add(
          full.mark(),
          "E107",
          "full '%s' lies in the blind zone of %s"
              .formatted(full, Quantities.written(blind, Unit.METRE)),
          "mount the sensor higher, or write its own blind zone: blind: 20mm");
    }
    var empty = own.text("empty");
    if (empty != null
        && settings.get("empty") instanceof Value.Num(var floor)
        && floor - line < LEAST - HAIR) {
      mistakes.add(
          full.mark(),
          "E107",
          "full '%s' is not at least 20cm less than empty '%s'".formatted(full, empty),
          "measure from the sensor: empty to the floor, full to the full line");
    }
  }
}
