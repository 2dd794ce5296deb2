package org.kerbside.gateway.app.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.cli.PassPhrase;

/** What somebody alters, cuts or takes to another site does not open, whatever he knows. */
class StrongboxTest {

  private static final PassPhrase PHRASE = new PassPhrase("four words nobody connects");
  private static final byte[] BOUND = "/etc/kerbside/site.yaml".getBytes(UTF_8);

  @Test
  void opensForItsPhraseBesideWhatItBelongsToAndElseNever() throws Exception {
    var box = Strongbox.locked(Map.of("secrets/mqtt", "s".getBytes(UTF_8)), PHRASE, BOUND);
    assertThat(Strongbox.opened(box, PHRASE, BOUND)).containsOnlyKeys("secrets/mqtt");
    closed(altered(box, 0), BOUND); // another format
    closed(altered(box, 4), BOUND); // many more rounds than anybody has time for
    closed(altered(box, 8), BOUND); // another salt
    closed(altered(box, box.length - 1), BOUND);
    closed(Arrays.copyOf(box, 35), BOUND);
    closed(box, "/etc/other/site.yaml".getBytes(UTF_8));
  }

  private static byte[] altered(byte[] box, int at) {
    var altered = box.clone();
    altered[at] ^= 0x40;
    return altered;
  }

  private static void closed(byte[] box, byte[] bound) {
    assertThatExceptionOfType(Strongbox.Closed.class)
        .isThrownBy(() -> Strongbox.opened(box, PHRASE, bound));
  }
}
