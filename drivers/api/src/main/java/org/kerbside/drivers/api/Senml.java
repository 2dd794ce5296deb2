package org.kerbside.drivers.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.cbor.CBORFactory;

/**
 * Decodes SenML packs (RFC 8428, RFC 9100) in JSON and CBOR. At most 64 KiB, 500 records, names of
 * 255 characters. A record that says nonsense costs itself; a pack that is none is a bad telegram.
 */
public final class Senml {

  public static final int MOST_BYTES = 64 * 1024;
  public static final int MOST_RECORDS = 500;

  /** How a pack is written, and its CoAP content format. */
  public enum Form {
    JSON(110),
    CBOR(112);

    private final int contentFormat;

    Form(int contentFormat) {
      this.contentFormat = contentFormat;
    }

    /** CoAP's number for it (RFC 8428 §12.3). */
    public int contentFormat() {
      return contentFormat;
    }

    public static @Nullable Form of(int contentFormat) {
      return contentFormat == JSON.contentFormat
          ? JSON
          : contentFormat == CBOR.contentFormat ? CBOR : null;
    }
  }

  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(8)
          .maxDocumentLength(MOST_BYTES)
          .maxStringLength(MOST_BYTES)
          .maxNameLength(256)
          .maxNumberLength(64)
          .build();
  private static final JsonFactory JSON =
      JsonFactory.builder().streamReadConstraints(LIMITS).build();
  private static final CBORFactory CBOR =
      CBORFactory.builder().streamReadConstraints(LIMITS).build();

  private final Form form;
  private final JsonParser parser;
  private final Instant receipt;
  private final List<SenmlPack.Entry> entries = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final SenmlRecord.Base base = new SenmlRecord.Base();

  private Senml(Form form, JsonParser parser, Instant receipt) {
    this.form = form;
    this.parser = parser;
    this.receipt = receipt;
  }

  /**
   * Decodes a whole pack.
   *
   * @param receipt what relative times are counted from
   */
  public static SenmlPack decode(Form form, byte[] body, Instant receipt) throws BadTelegram {
    if (body.length == 0) {
      throw new BadTelegram("senml: the body is empty: expected an array of records");
    }
    if (body.length > MOST_BYTES) {
      throw new BadTelegram(
          "senml: the pack is too large: got %d bytes, expected at most %d; send it in parts"
              .formatted(body.length, MOST_BYTES));
    }
    try (var parser = open(form, body)) {
      return read(form, parser, receipt);
    } catch (JacksonException told) { // already while it looks how the bytes are to be read
      throw new BadTelegram(
          "senml: not %s: %s".formatted(form, firstLine(told.getOriginalMessage())));
    }
  }

  private static JsonParser open(Form form, byte[] body) {
    return switch (form) {
      case JSON -> JSON.createParser(ObjectReadContext.empty(), body);
      case CBOR -> CBOR.createParser(ObjectReadContext.empty(), body);
    };
  }

  private static SenmlPack read(Form form, JsonParser parser, Instant receipt) throws BadTelegram {
    try {
      return new Senml(form, parser, receipt).pack();
    } catch (JacksonException told) {
      // Its own location is null where a limit is passed.
      throw new BadTelegram(
          "senml: not %s at byte %d: %s"
              .formatted(
                  form,
                  parser.currentLocation().getByteOffset(),
                  firstLine(told.getOriginalMessage())));
    }
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }

  private SenmlPack pack() throws BadTelegram {
    expect(parser, parser.nextToken() == JsonToken.START_ARRAY, "the pack is no array of records");
    int number = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      number++;
      expect(parser, number <= MOST_RECORDS, "more than " + MOST_RECORDS + " records");
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw broken(parser, "record %d is no object".formatted(number));
      }
      new SenmlRecord(form, parser, base, number).read(receipt, entries, problems);
    }
    expect(parser, number > 0, "the pack has no record");
    expect(parser, parser.nextToken() == null, "something follows the pack");
    return new SenmlPack(entries, problems, base.dating());
  }

  private static void expect(JsonParser parser, boolean holds, String problem) throws BadTelegram {
    if (!holds) {
      throw broken(parser, problem);
    }
  }

  static BadTelegram broken(JsonParser parser, String problem) {
    return new BadTelegram(
        "senml: %s at byte %d; send a pack as in RFC 8428"
            .formatted(problem, parser.currentTokenLocation().getByteOffset()));
  }
}
