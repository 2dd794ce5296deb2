package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Signed;
import org.kerbside.gateway.model.Want;
import tools.jackson.core.ObjectReadContext;

class WantReaderTest {

  private static final String WHOLE =
      "{\"v\":1,\"gw\":\"CD-QY-0173\",\"number\":7,\"probation\":60,\"files\":{\"site.yaml\":\"schema: 1\\n# 公厕\"}}";

  private KeyPair keys;

  @BeforeEach
  void makeAKey() throws Exception {
    keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  @Test
  void whatIsSignedForThisGatewayIsReadToItsEnd() throws Exception {
    var want = read(signed(WHOLE));
    assertThat(want.number()).isEqualTo(7);
    assertThat(want.probation()).isEqualTo(Duration.ofMinutes(1));
    assertThat(want.files()).containsOnlyKeys("site.yaml").containsValue("schema: 1\n# 公厕");
    assertThat(read(signed(WHOLE.replace("\"probation\":60,", ""))).probation())
        .isEqualTo(Duration.ofMinutes(5));
    assertThat(read(signed("{\"v\":1,\"gw\":\"CD-QY-0173\",\"number\":8,\"files\":{}}")).files())
        .isEmpty();
  }

  @Test
  void whatIsNotSoIsRefusedWithItsReason() throws Exception {
    refused("what is empty is not signed", new byte[0]);
    refused("unsigned: no signature", WHOLE.getBytes(UTF_8));
    refused(
        "unsigned: by no key", new String(signed(WHOLE), UTF_8).replace("公", "母").getBytes(UTF_8));
    refused("'gw' does not name this gateway", signed(WHOLE.replace("0173", "0174")));
    refused("expected number, from 1, and files", signed(WHOLE.replace(":7,", ":0,")));
    refused("expected number, from 1, and files", signed(WHOLE.replace("\"files\"", "\"file\"")));
    refused("'number' is no whole number", signed(WHOLE.replace(":7,", ":7.5,")));
    refused("'number' is too large", signed(WHOLE.replace(":7,", ":9007199254740994,")));
    refused("'probation' is 3601 s", signed(WHOLE.replace(":60,", ":3601,")));
    refused("'v' is 2", signed(WHOLE.replace("\"v\":1", "\"v\":2")));
    refused("file 'site.yaml' is no text", signed(WHOLE.replaceFirst("\"schema[^}]*", "1")));
    refused("no JSON", "{\"v\":1".getBytes(UTF_8));
    refused("bytes: expected at most", new byte[WantReader.LARGEST + 1]);
  }

  @Test
  void thereAreNoMoreFilesThanASiteMayHave() throws Exception {
    var files = new StringBuilder();
    for (int i = 0; i <= WantReader.MOST_FILES; i++) {
      files.append(i == 0 ? "" : ",").append("\"rules/%d.yaml\":\"\"".formatted(i));
    }
    refused(
        "65 files: expected at most 64",
        signed(WHOLE.replaceFirst("\\{\"site.yaml.*", "{" + files + "}}")));
  }

  private void refused(String why, byte[] payload) {
    assertThatExceptionOfType(Malformed.class)
        .as(why)
        .isThrownBy(() -> read(payload))
        .withMessageContaining(why);
  }

  private Want read(byte[] payload) throws Malformed {
    return WantReader.read(
        payload, "CD-QY-0173", new Seals(List.of(keys.getPublic()), Signed.REQUIRED));
  }

  private byte[] signed(String text) throws Exception {
    try (var json = CommandReader.JSON.createParser(ObjectReadContext.empty(), text)) {
      var signing = Signature.getInstance("Ed25519");
      signing.initSign(keys.getPrivate());
      signing.update(Canonical.read(json).bytes());
      var signature = Base64.getEncoder().encodeToString(signing.sign());
      return text.replaceFirst("\\{", "{\"sig\":\"%s\",".formatted(signature)).getBytes(UTF_8);
    }
  }
}
