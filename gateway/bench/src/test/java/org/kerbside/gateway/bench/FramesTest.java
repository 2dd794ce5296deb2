package org.kerbside.gateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A driver that cannot see a loss would measure nothing. */
class FramesTest {

  private final Street street = new Street(Street.ASSETS);
  private final Latencies latencies = new Latencies(10);
  private final Frames frames = new Frames(street, latencies, 0);

  @Test
  void countsEachReadingOnceHoweverOftenItsFrameComes() {
    publish(3);
    read(1, "0,0.1");
    read(1, "0,0.1");
    read(2, "0.2");
    assertThat(street.arrived()).isEqualTo(3);
    assertThat(street.problem()).isEmpty();
    assertThat(frames.holes()).isZero();
    assertThat(latencies.percentile(50)).isEqualTo(4);
  }

  @Test
  void seesAReadingThatIsLost() {
    publish(3);
    read(1, "0,0.2");
    assertThat(street.problem()).startsWith("a7/p2: its reading 1 is 2 tenths: expected 1");
  }

  @Test
  void seesAReadingThatComesTwice() {
    publish(2);
    read(1, "0");
    read(2, "0,0.1");
    assertThat(street.problem()).startsWith("a7/p2: its reading 1 is 0 tenths: expected 1");
  }

  @Test
  void seesAFrameThatIsMissing() {
    publish(2);
    read(1, "0");
    read(3, "0.1");
    assertThat(frames.holes()).isEqualTo(1);
  }

  @Test
  void passesOverWhatTheCabinetSaysOfItself() {
    publish(1);
    read(1, "0");
    var bytes =
        "{\"seq\":2,\"m\":[{\"bn\":\"cabinet/\",\"n\":\"disk\",\"v\":0.7}]}"
            .getBytes(StandardCharsets.UTF_8);
    frames.read(bytes, 0, bytes.length, 5_000_000);
    assertThat(street.arrived()).isEqualTo(1);
    assertThat(frames.holes()).isZero();
  }

  private void publish(int count) {
    for (int i = 0; i < count; i++) {
      street.publish(Street.index(7, 2), 1_000_000);
    }
  }

  private void read(int seq, String values) {
    var text = new StringBuilder("{\"v\":1,\"seq\":%d,\"m\":[".formatted(seq));
    var base = "\"bn\":\"a7/\",\"bt\":1790000000.123,";
    for (var value : values.split(",", -1)) {
      text.append("{%s\"n\":\"p2\",\"u\":\"/\",\"v\":%s,\"t\":0.01},".formatted(base, value));
      base = "";
    }
    text.setCharAt(text.length() - 1, ']');
    var bytes = text.append('}').toString().getBytes(StandardCharsets.UTF_8);
    frames.read(bytes, 0, bytes.length, 5_000_000);
  }
}
