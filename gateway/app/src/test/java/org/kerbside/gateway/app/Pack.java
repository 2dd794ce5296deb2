package org.kerbside.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORGenerator;

/** SenML as a sensor writes it, in the two forms of RFC 8428. */
final class Pack {

  static final int JSON = 110;
  static final int CBOR = 112;

  /** A number with its own time in milliseconds. */
  record Told(String point, int value, long time) {}

  private Pack() {}

  static byte[] of(int contentFormat, List<Told> told) {
    return contentFormat == JSON ? json(told) : cbor(told);
  }

  /** Times are whole: {@code t} stands in each record. */
  private static byte[] json(List<Told> told) {
    var text = new StringBuilder("[");
    for (var one : told) {
      text.append(text.length() > 1 ? "," : "")
          .append(
              "{\"n\":\"%s\",\"t\":%s,\"v\":%d}"
                  .formatted(one.point(), BigDecimal.valueOf(one.time(), 3), one.value()));
    }
    return text.append(']').toString().getBytes(UTF_8);
  }

  /** Labels in numbers (RFC 8428 §6), time split into the base's and each record's own. */
  private static byte[] cbor(List<Told> told) {
    long base = told.getFirst().time() / 1000;
    var bytes = new ByteArrayOutputStream();
    try (var cbor =
        (CBORGenerator) new CBORFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
      cbor.writeStartArray();
      for (var one : told) {
        cbor.writeStartObject();
        if (one.equals(told.getFirst())) {
          cbor.writePropertyId(-3);
          cbor.writeNumber(base);
        }
        cbor.writePropertyId(0);
        cbor.writeString(one.point());
        cbor.writePropertyId(6);
        cbor.writeNumber((one.time() - base * 1000) / 1e3);
        cbor.writePropertyId(2);
        cbor.writeNumber(one.value());
        cbor.writeEndObject();
      }
      cbor.writeEndArray();
    }
    return bytes.toByteArray();
  }
}
