package org.kerbside.drivers.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.config.Device;
import org.kerbside.config.Mistake;
import org.kerbside.config.Mistakes;

/** What is wrong with a bus is told where it stands, before anything is opened. */
class CamelBusTest {

  private static final String CARET = "^";

  private final Mistakes mistakes = new Mistakes();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "address: /id                                                 | E001 {              | 'from' is missing",
        "from: 'netty:udp://127.0.0.1:7001', adress: /id              | E003 adress         | did you mean 'address'?",
        "from: 'netty:udp://127.0.0.1:7001', address: id              | E104 id             | 'id' is no JSON pointer",
        "from: 'netty:udp://127.0.0.1:7001', address: '{address}.csv' | E104 '{address}.csv' | have no name",
        "from: 'netty:udp://127.0.0.1:port', address: /id             | E104 'netty         | names no host and port",
        "from: 'netty:udp://127.0.0.1:70010', address: /id            | E104 'netty         | names no host and port",
        "from: 'netty:udp://0.0.0.0:7001', address: /id               | E501 'netty         | accept: [plaintext]",
        "from: 'netty-http:192.168.4.1:80/r', address: /id            | E501 'netty-http    | accept: [plaintext]",
        "from: 'netty:udp://0.0.0.0:7001', address: /id, accept: [al] | E104 al             | known here: plaintext",
        "from: 'netty:udp://127.0.0.1:7001?sync=true', address: /id   | E104 sync           | 'sync' is false here",
        "from: 'netty:udp://127.0.0.1:7001?workerCuont=2', address: /id | E601 workerCuont  | did you mean 'workerCount'?",
        "from: 'netty:udp://127.0.0.1:7001?reuseAddress=may', address: /id | E601 reuseAddress | true or false",
        "from: 'fiel:/var/drop', address: '/id'                       | E602 'fiel          | did you mean 'file'?",
        "from: 'kafka:readings?brokers=k:9092', address: /id          | E602 'kafka         | put camel-kafka",
        "from: 'imaps:mail.city.example?username=u', address: /id     | E602 'imaps         | put camel-mail",
        "from: 'file:/var/drop?apiKey=x7z', address: /id              | E603 apiKey=•••     | secrets/",
        "from: 'file://u:secret@nas/drop', address: /id               | E603 'file          | stands in the open",
      })
  void tellsWhatIsWrong(String own, String codeAndWord, String said) {
    check("{ driver: camel, %s }".formatted(own), Bench.devices(Bench.JSON, "B1", "B2"));
    assertThat(mistakes.all()).isNotEmpty();
    var told = mistakes.all().stream().filter(Mistake::isError).findFirst().orElseThrow();
    var code = codeAndWord.substring(0, 4);
    assertThat(mistakes.all()).extracting(Mistake::code).contains(code);
    var mistake =
        mistakes.all().stream().filter(m -> m.code().equals(code)).findFirst().orElse(told);
    assertThat(mistake.mark().text().substring(mistake.mark().column() - 1))
        .as(mistake.toString())
        .startsWith(codeAndWord.substring(5).strip());
    assertThat(mistake.toString()).contains(said).contains(CARET);
  }

  @Test
  void aSecretThatIsHiddenIsFine() {
    check(
        "{ driver: camel, from: 'netty-http:0.0.0.0:8443/r', address: '/r/{address}',"
            + " options: { ssl: true, passphrase: !secret key } }",
        Bench.devices(Bench.JSON, "B1"));
    assertThat(mistakes.all()).isEmpty();
  }

  @Test
  void aBusOfManyDevicesSaysWhoseAMessageIs() {
    check(
        "{ driver: camel, from: 'netty:udp://127.0.0.1:7001' }",
        Bench.devices(Bench.JSON, "B1", "B2"));
    assertThat(mistakes.all()).extracting(Mistake::code).containsExactly("E001");
  }

  @Test
  void devicesOfOneBusWriteInOneWay() {
    var devices =
        List.of(
            Bench.devices(Bench.JSON, "B1").getFirst(), Bench.devices(Bench.CSV, "B2").getFirst());
    check("{ driver: camel, from: 'netty:udp://127.0.0.1:7001', address: /id }", devices);
    assertThat(mistakes.all()).extracting(Mistake::code).containsExactly("E104");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "points: { a: { valeu: /v } }                      | E003",
        "points: { a: { value: v } }                       | E104",
        "points: { a: { value: /v, unit: volt } }          | E102",
        "points: { a: /v }                                 | E004",
        "time: /t, points: { a: { value: /v } }            | E001",
        "format: xml, points: { a: { value: /v } }         | E104",
        "separator: ';', points: { a: { value: /v } }      | E104",
        "format: csv, separator: tab, points: { a: { value: /v } } | E104",
        "topic: 'x/{address}', points: { a: { value: /v } } | E003",
        "format: json                                      | E001",
      })
  void tellsWhatIsWrongWithAProfile(String own, String code) {
    var written = "{ profile: p, driver: camel, %s }".formatted(own);
    CamelProfile.read(Written.profile(written, mistakes), mistakes);
    assertThat(mistakes.all()).extracting(Mistake::code).containsExactly(code);
  }

  private void check(String yaml, List<Device> devices) {
    var bus = CamelBus.read(Written.bus(yaml, mistakes), mistakes);
    if (bus != null) {
      bus.check(devices, mistakes);
    }
  }
}
