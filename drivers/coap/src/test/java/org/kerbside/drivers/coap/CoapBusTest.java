package org.kerbside.drivers.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.kerbside.drivers.testkit.Assets.asset;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.config.BusConfig;
import org.kerbside.config.Device;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistake;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Text;
import org.kerbside.config.Yaml;

class CoapBusTest {

  private final Mistakes mistakes = new Mistakes();

  @Test
  void listensOnLoopbackUnlessToldOtherwise() {
    assertThat(listening("{ driver: coap }")).isEqualTo(at("127.0.0.1", 5683));
    assertThat(listening("{ driver: coap, dtls: { keys: !secret keys } }"))
        .isEqualTo(at("127.0.0.1", 5684));
    assertThat(mistakes.all()).isEmpty();
  }

  @Test
  void aBusMayHaveKeysCertificatesOrBoth() {
    assertThat(listening("{ driver: coap, dtls: { identity: certificate } }"))
        .isEqualTo(at("127.0.0.1", 5684));
    assertThat(listening("{ driver: coap, dtls: { identity: certificate, keys: !secret keys } }"))
        .isEqualTo(at("127.0.0.1", 5684));
    assertThat(mistakes.all()).isEmpty();
  }

  @Test
  void listensWhereItIsTold() {
    assertThat(listening("{ driver: coap, listen: '192.168.4.1:5690', accept: [plaintext] }"))
        .isEqualTo(at("192.168.4.1", 5690));
    assertThat(listening("{ driver: coap, listen: '[::1]:5690' }")).isEqualTo(at("::1", 5690));
    assertThat(
            listening("{ driver: coap, listen: '192.168.4.1:5684', dtls: { keys: !secret keys } }"))
        .isEqualTo(at("192.168.4.1", 5684));
    assertThat(mistakes.all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ driver: coap, listen: 0.0.0.0:5683, accept: [plaintext] }  | E507",
        "{ driver: coap, listen: 192.168.4.1:5683 }                   | E501",
        "{ driver: coap, listen: localhost:5683 }                     | E104",
        "{ driver: coap, listen: 127.0.0.1:99999 }                    | E104",
        "{ driver: coap, listen: 1:2:3 }                              | E104",
        "{ driver: coap, accept: [plantext] }                         | E104",
        "{ driver: coap, lisen: 127.0.0.1:5683 }                      | E003",
        "{ driver: coap, listen: 0.0.0.0:5684, dtls: { keys: !secret keys } } | E507",
        "{ driver: coap, dtls: {} } | E001",
        "{ driver: coap, dtls: { identity: none } } | E104",
        "{ driver: coap, observe: { b1: 'coaps://127.0.0.1/senml' } } | E104",
        "{ driver: coap, observe: { b1: 'coap://sensor.local/senml' } } | E104",
        "{ driver: coap, observe: { b1: 'coap://127.0.0.1' } } | E104",
        "{ driver: coap, observe: { b1: 'coap://192.168.4.2/senml' } } | E501",
        "{ driver: coap, dtls: { keys: !secret keys }, observe: { b1: 'coap://[::1]/s' } } | E104",
        "{ driver: coap, dtls: { keys: 'a:00112233445566778899aabbccddeeff' } } | E504",
      })
  void tellsWhatIsWrong(String own, String code) {
    read(own);
    assertThat(mistakes.all())
        .singleElement()
        .satisfies(mistake -> assertThat(mistake.code()).isEqualTo(code));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bin-7: 001122334455667788                            | has 9 bytes, it takes 16 to 64",
        "bin-7: 0011223344556677889900aabbccddzz              | the key of 'bin-7' is not hex",
        "0011223344556677889900aabbccddee                     | no address before a colon",
        "'bin-7:0011223344556677889900aabbccddee\nbin-7:0011223344556677889900aabbccddee' | line 2 of the keys: 'bin-7' has a key already",
      })
  void tellsWhatIsWrongWithAKeyAndNeverTheKey(String keys, String problem) {
    secret = keys.replace("\\n", "\n");
    assertThat(read("{ driver: coap, dtls: { keys: !secret keys } }")).isNull();
    assertThat(mistakes.all())
        .singleElement()
        .satisfies(
            mistake -> {
              assertThat(mistake.code()).isEqualTo("E504");
              assertThat(mistake.problem()).contains(problem).doesNotContain("0011");
            });
  }

  @Test
  void everyDeviceHasAKeyAndEveryKeyADevice() {
    secret = "# the north side\n\nbin-7 : %1$s\nbin-8:%1$s".formatted(KEY);
    var bus = read("{ driver: coap, dtls: { keys: !secret keys } }");
    assertThat(bus).isNotNull();
    if (bus != null) {
      bus.check(List.of(device("bin-7"), device("bin-9")), mistakes);
      assertThat(bus.toString()).contains("keys of 2 devices").doesNotContain(KEY);
    }
    assertThat(mistakes.all())
        .extracting(Mistake::problem, Mistake::help)
        .containsExactlyInAnyOrder(
            tuple(
                "'bin-9' has no key on this bus",
                "add a line to the bus's keys: bin-9:$(openssl rand -hex 16)"),
            tuple(
                "there is a key of 'bin-8', and no such device on this bus",
                "did you mean 'bin-7'?"));
  }

  private static final String KEY = "00112233445566778899aabbccddeeff";

  private String secret = "bin-7:" + KEY;

  private @Nullable InetSocketAddress listening(String own) {
    var bus = read(own);
    return bus == null ? null : bus.listen();
  }

  private @Nullable CoapBus read(String own) {
    var section = Yaml.read("site.yaml", own, mistakes);
    assertThat(section).isNotNull();
    return section == null
        ? null
        : CoapBus.read(
            new BusConfig(word("field"), word("coap"), section.map(this::revealed)), mistakes);
  }

  private Text revealed(Text text) {
    return text.style() == Text.Style.SECRET ? text.with(secret) : text;
  }

  private static Device device(String address) {
    return new Device("field", address, word("coap/" + address), asset(address), null);
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  private static Text word(String text) {
    return new Text(text, Mark.of("site.yaml", text), Text.Style.PLAIN);
  }
}
