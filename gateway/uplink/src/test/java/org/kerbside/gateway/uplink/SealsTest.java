package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Signed;
import org.kerbside.gateway.model.WantDoor;
import org.kerbside.gateway.uplink.Doorman.Turned;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Signed commands, against vectors that another's JSON and another's cryptography wrote. */
class SealsTest {

  private static final String GATEWAY = "CD-QY-0173";
  private static final JsonNode FILE =
      new JsonMapper().readTree(SealsTest.class.getResourceAsStream("signed.json"));

  /** The second of the vectors' expiry, less a minute. */
  private static final Moment NOW =
      new Moment(Instant.ofEpochSecond(1_790_000_000), ClockQuality.SYNC, Duration.ofHours(1));

  private final List<Event.Audit> audits = new ArrayList<>();

  @Test
  void whatIsSignedIsWhatTheVectorsSayAndCounts() throws Exception {
    for (var vector : FILE.get("vectors")) {
      var signed = signed(sealed(vector));
      assertThat(new String(signed.bytes(), UTF_8)).isEqualTo(vector.get("canonical").asString());
      assertThat(required().doubts(signed)).as(vector.get("name").asString()).isNull();
    }
  }

  @Test
  void whatWasAlteredDoesNotCount() throws Exception {
    var whole = sealed(FILE.get("vectors").get(0));
    for (var change :
        new String[][] {
          {"0.6", "0.61"},
          {"lamp-5", "lamp-6"},
          {"zhang", "li"},
          {"1790000060", "1790000061"},
          {"\"v\"", "\"more\":1,\"v\""},
          {"\"sig\":\"h", "\"sig\":\"H"},
          {"\"sig\":\"", "\"sig\":\"AAAA"},
          {"\"sig\":\"", "\"sig\":\"§"},
          {"\"sig\"", "\"gis\""}
        }) {
      var altered = whole.replace(change[0], change[1]);
      assertThat(altered).as(change[0]).isNotEqualTo(whole);
      assertThat(turned(required(), "k-1", altered)).as(altered).isEqualTo("unsigned");
    }
  }

  @Test
  void whatIsForAnotherGatewayOrUnderAnotherIdDoesNotCount() throws Exception {
    var whole = sealed(FILE.get("vectors").get(0));
    assertThat(turned(required(), "k-1", whole)).isEmpty();
    assertThat(required().doubts("CD-QY-0174", "k-1", signed(whole))).isNotNull();
    assertThat(required().doubts(GATEWAY, "k-2", signed(whole))).isNotNull();
    var nameless = whole.replace("\"id\":\"k-1\",", "");
    assertThat(turned(required(), "k-1", nameless)).isEqualTo("unsigned");
  }

  @Test
  void anotherKeyDoesNotCountAndAnyOfTheSitesDoes() throws Exception {
    var whole = sealed(FILE.get("vectors").get(0));
    var other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
    assertThat(turned(new Seals(List.of(other), Signed.REQUIRED), "k-1", whole))
        .isEqualTo("unsigned");
    assertThat(turned(new Seals(List.of(other, key()), Signed.REQUIRED), "k-1", whole)).isEmpty();
  }

  @Test
  void whereNobodyMustSignOnlyAWrongSignatureIsTurnedAway() throws Exception {
    var optional = new Seals(List.of(key()), Signed.OPTIONAL);
    var plain = "{\"op\":\"set\",\"point\":\"lamp-5/dim\",\"value\":1}";
    assertThat(turned(optional, "k-1", plain)).isEmpty();
    assertThat(turned(required(), "k-1", plain)).isEqualTo("unsigned");
    assertThat(turned(optional, "k-1", sealed(FILE.get("vectors").get(0)).replace("0.6", "0.7")))
        .isEqualTo("unsigned");
    assertThat(turned(Seals.NONE, "k-1", plain)).isEmpty();
  }

  @Test
  void whatIsGoodForLongerThanItsIdIsKnownDoesNotCount() throws Exception {
    var whole = sealed(FILE.get("vectors").get(0));
    var early = new Moment(NOW.wall().minusSeconds(7 * 24 * 3600), NOW.clock(), NOW.sinceBoot());
    assertThat(
            doorman(required()).turnsAway(command("k-1", whole), whole.getBytes(UTF_8), 0, early))
        .isEqualTo(new Turned("no-expiry", "signed commands expire within 7 days"));
    var clockless = new Moment(early.wall(), ClockQuality.NONE, NOW.sinceBoot());
    assertThat(
            doorman(required())
                .turnsAway(command("k-1", whole), whole.getBytes(UTF_8), 0, clockless))
        .as("the desk refuses it: clock")
        .isNull();
  }

  @Test
  void aFloodOfThemIsToldOnceAMinute() throws Exception {
    var doorman = doorman(required());
    var plain = "{\"op\":\"set\",\"point\":\"lamp-5/dim\",\"by\":\"dispatch:mallory\"}";
    for (long second = 0; second < 121; second++) {
      doorman.turnsAway(command("k", plain), plain.getBytes(UTF_8), second * 1_000_000_000, NOW);
    }
    assertThat(audits)
        .extracting(
            audit -> audit.act() == null ? "" : audit.act().by() + ": " + audit.act().reason())
        .containsExactly(
            "dispatch:mallory: no signature",
            "dispatch:mallory: no signature; 60 since it was told last",
            "dispatch:mallory: no signature; 60 since it was told last");
  }

  /** Some of RFC 8785, appendix B, and what stands at its borders. */
  @ParameterizedTest
  @CsvSource({
    "-0.0, 0",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "9007199254740992, 9007199254740992",
    "295147905179352830000, 295147905179352830000",
    "9.999999999999997e22, 9.999999999999997e+22",
    "1e23, 1e+23",
    "1e21, 1e+21",
    "999999999999999900000, 999999999999999900000",
    "9.999999999999997e-7, 9.999999999999997e-7",
    "0.000001, 0.000001",
    "333333333.33333325, 333333333.33333325",
    "-333333333.3333333, -333333333.3333333",
    "4.50, 4.5",
    "2e-3, 0.002",
    "1e-27, 1e-27"
  })
  void numbersAreWrittenAsEcmaScriptWritesThem(String written, String canonical) throws Exception {
    assertThat(signedText("{\"n\":" + written + "}")).isEqualTo("{\"n\":" + canonical + "}");
  }

  @Test
  void membersAreSortedByUtf16AndTextIsEscapedAsLittleAsMayBe() throws Exception {
    // RFC 8785, 3.2.3 and 3.2.2.2
    assertThat(
            signedText(
                "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}"))
        .isEqualTo("{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}");
    assertThat(signedText("{\"s\":\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\"}"))
        .isEqualTo("{\"s\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  @Test
  void whatCannotBeSignedIsSaidToBeSo() {
    for (var text :
        new String[] {"{\"n\":1e999}", "{\"n\":4.9e-324}", "[1]", "{} {}", "{\"sig\":1}"}) {
      assertThatExceptionOfType(Malformed.class).as(text).isThrownBy(() -> signed(text));
    }
  }

  /** The reason, or nothing where the command counts. */
  private String turned(Seals seals, String id, String payload) throws Exception {
    var turned = doorman(seals).turnsAway(command(id, payload), payload.getBytes(UTF_8), 0, NOW);
    return turned == null ? "" : turned.reason();
  }

  private static Command command(String id, String payload) throws Exception {
    return CommandReader.read(id, payload.getBytes(UTF_8));
  }

  private Doorman doorman(Seals seals) {
    return new Doorman(GATEWAY, new Signing(seals, WantDoor.CLOSED, audits::add), 0);
  }

  private static String sealed(JsonNode vector) {
    return vector
        .get("command")
        .asString()
        .replaceFirst("\\{", "{\"sig\":\"%s\",".formatted(vector.get("sig").asString()));
  }

  private static String signedText(String text) throws Exception {
    return new String(signed(text).bytes(), UTF_8);
  }

  private static Canonical.Signed signed(String text) throws Malformed {
    try (var json = CommandReader.JSON.createParser(ObjectReadContext.empty(), text)) {
      return Canonical.read(json);
    }
  }

  private static Seals required() throws Exception {
    return new Seals(List.of(key()), Signed.REQUIRED);
  }

  private static PublicKey key() throws Exception {
    var pem = FILE.get("public").asString().replaceAll("-----[A-Z ]+-----", "");
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
  }
}
