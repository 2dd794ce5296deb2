package org.kerbside.drivers.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.picks.Pointer;
import org.kerbside.drivers.testkit.Inputs;

/**
 * Jazzer's target: a message comes apart into items, or it is told why not; the first byte chooses
 * its format. With JAZZER_FUZZ=1 in the environment it looks for new inputs; those that it has are
 * tried again in every build, without its agent.
 */
class ItemsFuzzTest {

  private static final Pointer ID = Pointer.of("id");
  private static final List<Format> FORMATS =
      List.of(new Format.Json(), new Format.Csv(','), new Format.Senml());

  @FuzzTest(maxDuration = "2m")
  @Tag("long")
  @Tag("fuzz")
  void aMessageComesApartOrIsTold(byte[] input) {
    take(input);
  }

  @Test
  void whatWasFoundOnceComesApartOrIsTold() throws Exception {
    for (byte[] input : Inputs.of(ItemsFuzzTest.class, "aMessageComesApartOrIsTold")) {
      take(input);
    }
  }

  private static void take(byte[] input) {
    if (input.length == 0) {
      return;
    }
    var format = FORMATS.get((input[0] & 0xFF) % FORMATS.size());
    var items = Items.in(format, Arrays.copyOfRange(input, 1, input.length), Bench.NOW);
    assertThat(items.items().size() + items.problems().size()).isPositive();
    assertThat(items.items()).hasSizeLessThanOrEqualTo(Items.MOST);
    for (var item : items.items()) {
      if (!(format instanceof Format.Senml)) {
        var text = item.text(ID);
        assertThat(text == null || text.length() < input.length).isTrue();
      }
    }
  }
}
