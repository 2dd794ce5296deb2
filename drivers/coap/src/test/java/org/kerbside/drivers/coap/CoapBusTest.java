package org.kerbside.drivers.coap;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.config.BusConfig;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Text;
import org.kerbside.config.Yaml;

class CoapBusTest {

  private final Mistakes mistakes = new Mistakes();

  @Test
  void listensOnLoopbackUnlessToldOtherwise() {
    assertThat(read("{ driver: coap }")).isEqualTo(new CoapBus("field", at("127.0.0.1", 5683)));
    assertThat(mistakes.all()).isEmpty();
  }

  @Test
  void listensWhereItIsTold() {
    assertThat(read("{ driver: coap, listen: '192.168.4.1:5690', accept: [plaintext] }"))
        .isEqualTo(new CoapBus("field", at("192.168.4.1", 5690)));
    assertThat(read("{ driver: coap, listen: '[::1]:5690' }"))
        .isEqualTo(new CoapBus("field", at("::1", 5690)));
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
      })
  void tellsWhatIsWrong(String own, String code) {
    read(own);
    assertThat(mistakes.all())
        .singleElement()
        .satisfies(mistake -> assertThat(mistake.code()).isEqualTo(code));
  }

  private @Nullable CoapBus read(String own) {
    var section = Yaml.read("site.yaml", own, mistakes);
    assertThat(section).isNotNull();
    return section == null
        ? null
        : CoapBus.read(new BusConfig(word("field"), word("coap"), section), mistakes);
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  private static Text word(String text) {
    return new Text(text, Mark.of("site.yaml", text), Text.Style.PLAIN);
  }
}
