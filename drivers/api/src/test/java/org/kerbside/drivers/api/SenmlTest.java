package org.kerbside.drivers.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.Senml.Form;
import org.kerbside.drivers.api.SenmlPack.Entry;
import org.kerbside.gateway.model.Value;

class SenmlTest {

  private static final Instant NOW = Instant.parse("2026-09-21T14:13:20Z");

  private static final String SENSORS_MD =
      "[{'bn':'bin-7/','bt':-300,'n':'distance','u':'m','v':0.42},"
          + "{'n':'temperature','u':'Cel','v':-12.5}]";

  // RFC 8428 §6.1 in hex, as printed there.
  private static final String RFC_CBOR =
      "87a721781b75726e3a6465763a6f773a3130653230373361303130383030363a22fb41d303a15b00106223614120"
          + "050067766f6c7461676501615602fb405e066666666666a3006763757272656e74062402fb3ff3333333333333"
          + "a3006763757272656e74062302fb3ff4cccccccccccda3006763757272656e74062202fb3ff6666666666666a3"
          + "006763757272656e74062102f93e00a3006763757272656e74062002fb3ff999999999999aa300676375727265"
          + "6e74060002fb3ffb333333333333";

  @Test
  void baseFieldsHoldOnThroughThePackAndSmallTimesCountFromReceipt() throws BadTelegram {
    assertThat(json(SENSORS_MD).entries())
        .containsExactly(
            new Entry(1, "bin-7/distance", "m", new Value.Num(0.42), NOW.minusSeconds(300)),
            new Entry(2, "bin-7/temperature", "Cel", new Value.Num(-12.5), NOW.minusSeconds(300)));
  }

  @Test
  void onlyAPackWhoseEveryTimeIsAbsoluteSaysTheSameAtAnyTime() throws BadTelegram {
    assertThat(json("[{'n':'a','v':1,'t':1.7e9},{'n':'b','v':2,'t':1.7e9}]").dating())
        .isEqualTo(SenmlPack.Dating.ABSOLUTE);
    assertThat(json("[{'n':'a','v':1,'t':1.7e9},{'n':'b','v':2}]").dating())
        .isEqualTo(SenmlPack.Dating.RECEIPT);
    assertThat(json("[{'n':'a','v':1,'t':1.7e9},{'n':'b','v':2,'t':-5}]").dating())
        .isEqualTo(SenmlPack.Dating.RECEIPT);
  }

  /** RFC 8428 §5.1.1, with a time of 2026. */
  @Test
  void aSingleRecordIsAPack() throws BadTelegram {
    assertThat(json("[{'n':'urn:dev:ow:10e2073a01080063','u':'Cel','v':23.1}]").entries())
        .containsExactly(
            new Entry(1, "urn:dev:ow:10e2073a01080063", "Cel", new Value.Num(23.1), null));
  }

  /** RFC 8428 §5.1.2. */
  @Test
  void aBaseTimeOfOurCenturyIsAbsolute() throws BadTelegram {
    var pack =
        json(
            "[{'bn':'urn:dev:ow:10e2073a0108006:','bt':1.276020076001e+09,'bu':'A','bver':10,"
                + "'n':'voltage','u':'V','v':120.1},{'n':'current','t':-5,'v':1.2},"
                + "{'n':'current','t':-4,'v':1.3}]");
    assertThat(pack.problems()).isEmpty();
    assertThat(pack.entries())
        .extracting(Entry::name, Entry::unit, Entry::at)
        .containsExactly(
            row("voltage", "V", "2010-06-08T18:01:16.001Z"),
            row("current", "A", "2010-06-08T18:01:11.001Z"),
            row("current", "A", "2010-06-08T18:01:12.001Z"));
  }

  private static org.assertj.core.groups.Tuple row(String name, String unit, String at) {
    return org.assertj.core.groups.Tuple.tuple(
        "urn:dev:ow:10e2073a0108006:" + name, unit, Instant.parse(at));
  }

  /** RFC 8428 §5.1.4: several kinds of values; the binary one costs itself. */
  @Test
  void takesNumbersWordsAndFlagsAndRefusesBinaryData() throws BadTelegram {
    var pack =
        json(
            "[{'bn':'urn:dev:ow:10e2073a01080063:','n':'temp','u':'Cel','v':23.1},"
                + "{'n':'label','vs':'Machine Room'},{'n':'open','vb':false},"
                + "{'n':'nfc-reader','vd':'aGkgCg'}]");
    assertThat(pack.entries())
        .extracting(Entry::value)
        .containsExactly(new Value.Num(23.1), new Value.State("Machine Room"), Value.Flag.FALSE);
    assertThat(pack.problems())
        .containsExactly(
            "record 4: 'urn:dev:ow:10e2073a01080063:nfc-reader': binary data is not taken here:"
                + " got 'vd', expected v, vs or vb");
  }

  @Test
  void readsTheStandardsOwnCbor() throws BadTelegram {
    var pack = Senml.decode(Form.CBOR, HexFormat.of().parseHex(RFC_CBOR), NOW);
    assertThat(pack.problems()).isEmpty();
    assertThat(pack.entries())
        .extracting(Entry::value)
        .containsExactly(
            new Value.Num(120.1),
            new Value.Num(1.2),
            new Value.Num(1.3),
            new Value.Num(1.4),
            new Value.Num(1.5),
            new Value.Num(1.6),
            new Value.Num(1.7));
    assertThat(pack.entries().getLast().at()).isEqualTo("2010-06-08T18:01:16.001Z");
  }

  @Test
  void addsTheBaseValue() throws BadTelegram {
    assertThat(json("[{'bv':20,'n':'a','v':1.5},{'n':'b','vb':true}]").entries())
        .extracting(Entry::value)
        .containsExactly(new Value.Num(21.5), Value.Flag.TRUE);
  }

  @Test
  void aRecordOfBaseFieldsAloneSaysNothing() throws BadTelegram {
    assertThat(json("[{'bn':'bin-7/'},{'n':'fill','v':1}]"))
        .isEqualTo(
            new SenmlPack(
                List.of(new Entry(2, "bin-7/fill", null, new Value.Num(1), null)),
                List.of(),
                SenmlPack.Dating.RECEIPT));
  }

  @Test
  void unknownLabelsAreNothingToUs() throws BadTelegram {
    assertThat(json("[{'n':'a','v':1,'q':'uncertain','x':{'y':[1,2]}}]").entries()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'n':'b','v':'1'}       | 'v': got '1', expected a finite number",
        "{'n':'b','v':null}      | 'v': got 'null', expected a finite number",
        "{'n':'b','v':1e999}     | 'v': got '1e999', expected a finite number",
        "{'n':'b','v':{'a':[]}}  | 'v': got 'a structure', expected a finite number",
        "{'n':'b','vb':1}        | 'vb': got '1', expected true or false",
        "{'n':'b','vs':true}     | 'vs': got 'true', expected text",
        "{'n':'b','v':1,'t':'x'} | 't': got 'x', expected a finite number",
        "{'n':'b','v':1,'t':1e30}| not a time: got 1.0E30 s",
        "{'n':'b','v':1,'u':7}   | 'u': got '7', expected text",
        "{'n':'b'}               | no value",
        "{'n':'b','v':1,'vb':true}| more than one value",
        "{'n':'b','s':4}         | a sum alone",
        "{'n':'_b','v':1}        | not a SenML name: expected letters, digits and - : . / _, at most 255",
        "{'n':'b b','v':1}       | not a SenML name: expected letters, digits and - : . / _, at most 255",
        "{'v':1}                 | not a SenML name: expected letters, digits and - : . / _, at most 255",
      })
  void aBadRecordCostsItselfOnly(String record, String problem) throws BadTelegram {
    var pack = json("[{'n':'a','v':1},%s,{'n':'c','v':3}]".formatted(record));
    assertThat(pack.entries()).extracting(Entry::name).containsExactly("a", "c");
    assertThat(pack.problems()).singleElement().asString().startsWith("record 2").endsWith(problem);
  }

  /** They begin as UCS-4 in an order that nobody writes; the parser throws before it reads. */
  @ParameterizedTest
  @ValueSource(strings = {"0000fffe5b5d", "feff00005b5d"})
  void bytesOfNoEncodingAreABadTelegram(String hex) {
    assertThatThrownBy(() -> Senml.decode(Form.JSON, HexFormat.of().parseHex(hex), Instant.EPOCH))
        .isInstanceOf(BadTelegram.class)
        .hasMessageStartingWith("senml: not JSON: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{'n':'a','v':1}",
        "[1]",
        "[{'n':'a','v':1}",
        "[{'n':'a','v':NaN}]",
        "[{'n':'a','v':1}] x",
        "[{'bn':7,'n':'a','v':1}]",
        "[{'bt':'x','n':'a','v':1}]",
        "[{'bver':42,'n':'a','v':1}]",
        "[{'n':'a','v':1,'v':2}]",
        "[{'n':'a','v':1,'cal_':2}]",
        "[{'n':'a','v':1,'x':[[[[[[[[[[1]]]]]]]]]]}]",
      })
  void whatIsNoPackIsABadTelegram(String body) {
    assertThatThrownBy(() -> json(body))
        .isInstanceOf(BadTelegram.class)
        .hasMessageStartingWith("senml: ");
  }

  @Test
  void aPackWithSecondaryUnitsDeclaresThem() throws BadTelegram {
    assertThat(json("[{'bver':26,'n':'energy','u':'kWh','v':1}]").entries()).hasSize(1);
  }

  @Test
  void limitsBytesAndRecords() throws BadTelegram {
    assertThat(json(records(Senml.MOST_RECORDS)).entries()).hasSize(Senml.MOST_RECORDS);
    assertThatThrownBy(() -> json(records(Senml.MOST_RECORDS + 1)))
        .hasMessageContaining("more than 500 records");
    assertThatThrownBy(() -> Senml.decode(Form.JSON, new byte[1 << 20], NOW))
        .hasMessage(
            "senml: the pack is too large: got 1048576 bytes, expected at most 65536; send it in"
                + " parts");
  }

  @Test
  void tellsWhereThePackBreaks() {
    assertThatThrownBy(() -> json("[{'n':'a','v':1},{'n':'b','v':}]"))
        .hasMessageStartingWith("senml: not JSON at byte 31: ");
  }

  /** Every prefix: cut anywhere, a pack is either one that says less or a bad telegram. */
  @Test
  void noPrefixOfAPackThrowsAnythingElse() {
    byte[] cbor = HexFormat.of().parseHex(RFC_CBOR);
    byte[] json = SENSORS_MD.replace('\'', '"').getBytes(UTF_8);
    for (int end = 0; end < cbor.length; end++) {
      assertThat(readable(Form.CBOR, Arrays.copyOf(cbor, end))).isFalse();
    }
    for (int end = 0; end < json.length; end++) {
      assertThat(readable(Form.JSON, Arrays.copyOf(json, end))).isFalse();
    }
  }

  /** Every bit of the standard's pack, turned. */
  @Test
  void noTurnedBitThrowsAnythingElse() {
    byte[] pack = HexFormat.of().parseHex(RFC_CBOR);
    int read = 0;
    for (int at = 0; at < pack.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        pack[at] ^= (byte) (1 << bit);
        read += readable(Form.CBOR, pack) ? 1 : 0;
        pack[at] ^= (byte) (1 << bit);
      }
    }
    assertThat(read).isBetween(pack.length, pack.length * 8 - 1);
  }

  @Test
  void noNoiseThrowsAnythingElse() {
    var random = new Random(8428);
    for (int round = 0; round < 2_000; round++) {
      byte[] noise = new byte[random.nextInt(64)];
      random.nextBytes(noise);
      if (noise.length > 1) {
        noise[0] = (byte) 0x81;
        noise[1] = (byte) (0xA0 | random.nextInt(4));
      }
      readable(Form.CBOR, noise);
      readable(Form.JSON, noise);
    }
    assertThat(readable(Form.CBOR, HexFormat.of().parseHex("81a20061610201"))).isTrue();
  }

  private static boolean readable(Form form, byte[] body) {
    try {
      Senml.decode(form, body, NOW);
      return true;
    } catch (BadTelegram expected) {
      return false;
    } catch (RuntimeException other) {
      return fail(HexFormat.of().formatHex(body), other);
    }
  }

  private static String records(int count) {
    return "[" + "{'n':'a','v':1},".repeat(count - 1) + "{'n':'a','v':1}]";
  }

  private static SenmlPack json(String body) throws BadTelegram {
    return Senml.decode(Form.JSON, body.replace('\'', '"').getBytes(UTF_8), NOW);
  }

  static @Nullable Form form(int contentFormat) {
    return Form.of(contentFormat);
  }

  @Test
  void formsAreContentFormats() {
    assertThat(form(110)).isEqualTo(Form.JSON);
    assertThat(form(112)).isEqualTo(Form.CBOR);
    assertThat(form(50)).isNull();
  }
}
