package org.kerbside.gateway.app.wiring;

import static org.kerbside.gateway.model.Metric.Type.GAUGE;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the board is short of: room, power, a certificate.
 *
 * @param data the data folder
 * @param certificate until when the uplink's is good; null where there is none
 */
record BoardMetrics(Path data, Supplier<? extends @Nullable Instant> certificate)
    implements Metrics.Part {

  @Override
  public void addTo(MetricList all) {
    var ends = new LinkedHashMap<String, Long>();
    var end = certificate.get();
    if (end != null) {
      ends.put("uplink", end.getEpochSecond());
    }
    all.by(
        "certificate_expiry_timestamp_seconds",
        GAUGE,
        "Until when our certificate is good.",
        "use",
        ends);
    all.gauge("disk_free_bytes", "Room where the journal is.", data.toFile().getUsableSpace());
    var temperature = Footprint.temperature();
    if (temperature != null) {
      all.gauge("board_temperature_celsius", "Of the board's processor.", temperature);
    }
    var undervoltage = Footprint.undervoltage();
    if (undervoltage != null) {
      all.gauge(
          "board_undervoltage",
          "Whether the board's supply was too low when the kernel last looked.",
          undervoltage ? 1 : 0);
    }
  }
}
