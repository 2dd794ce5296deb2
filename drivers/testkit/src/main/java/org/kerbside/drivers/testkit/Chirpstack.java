package org.kerbside.drivers.testkit;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** Events as ChirpStack v4 writes them: what has its default value is left out. */
public final class Chirpstack {

  /** Whatever uplink: every device is in it. */
  public static final String APPLICATION = "52f14cd4-c6f1-4fbd-8f87-4025e1d49242";

  private Chirpstack() {}

  /** Where it tells an event of a device. */
  public static String topic(String eui, String type) {
    return "application/%s/device/%s/event/%s"
        .formatted(APPLICATION, eui.toLowerCase(Locale.ROOT), type);
  }

  /** Where it takes a downlink. */
  public static String down(String eui) {
    return "application/%s/device/%s/command/down"
        .formatted(APPLICATION, eui.toLowerCase(Locale.ROOT));
  }

  /** An uplink; its time follows from its count, which is one of its hour's seconds. */
  public static String up(String eui, int count, int port, String hex) {
    return up(
        eui,
        count,
        port,
        hex,
        "2026-09-21T14:%02d:%02d.123456789+00:00".formatted(count / 60 % 60, count % 60));
  }

  /** An uplink of any time. */
  public static String up(String eui, int count, int port, String hex, String time) {
    return """
        {"deduplicationId":"%s","time":"%s","deviceInfo":{"tenantId":"52f14cd4","applicationId":"%s",
        "deviceName":"bin","devEui":"%s","tags":{"place":"park"}},"devAddr":"00189440","adr":true,"dr":1,
        %s"fPort":%d,"data":"%s","object":{"distance":[1,{"a":{"b":2}}]},
        "rxInfo":[{"gatewayId":"0016c001f153a14c","uplinkId":4217106255,"rssi":-107,"snr":-9.2,"location":{}},
        {"gatewayId":"0016c001f153a14d","rssi":-57,"snr":10.5,"metadata":{"region":"cn470"}}],
        "txInfo":{"frequency":486300000,"modulation":{"lora":{"bandwidth":125000,"spreadingFactor":11}}}}
        """
        .formatted(
            id(eui, count),
            time,
            APPLICATION,
            eui.toLowerCase(Locale.ROOT),
            count == 0 ? "" : "\"fCnt\":%d,".formatted(count),
            port,
            base64(hex));
  }

  /** The deduplication id of an uplink. */
  public static String id(String eui, int count) {
    return "3ac7e3c4-4401-4b8d-9386-%s%04d"
        .formatted(eui.toLowerCase(Locale.ROOT).substring(8), count);
  }

  /** The device heard a downlink. */
  public static String heard(String queueItem) {
    return ack(queueItem, ",\"acknowledged\":true");
  }

  /** It did not; that is the default, so nothing says it. */
  public static String notHeard(String queueItem) {
    return ack(queueItem, "");
  }

  private static String ack(String queueItem, String acknowledged) {
    return "{\"deduplicationId\":\"a\",\"time\":\"2026-09-21T14:13:20Z\",\"deviceInfo\":{},\"queueItemId\":\"%s\"%s,\"fCntDown\":4}"
        .formatted(queueItem, acknowledged);
  }

  /** It complains. */
  public static String log(String code, String description) {
    return "{\"time\":\"2026-09-21T14:13:20Z\",\"deviceInfo\":{},\"level\":\"ERROR\",\"code\":\"%s\",\"description\":\"%s\",\"context\":{}}"
        .formatted(code, description);
  }

  private static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex.replace(" ", "")));
  }
}
