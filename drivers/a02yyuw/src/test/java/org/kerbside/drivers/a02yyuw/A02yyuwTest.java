package org.kerbside.drivers.a02yyuw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.kerbside.drivers.testkit.Campaign;
import org.kerbside.drivers.testkit.Chunks;
import org.kerbside.drivers.testkit.Inputs;
import org.kerbside.drivers.testkit.Trace;
import org.kerbside.drivers.testkit.Traces;

class A02yyuwTest {

  private static final int FARTHEST = 4500;
  private static final int WINDOW = 11;

  @TestFactory
  Stream<DynamicTest> decodesWhatTheLineRecorded() throws Exception {
    return Traces.replay((_, trace) -> new A02yyuw(trace, trace, FARTHEST));
  }

  /** They are tried without Jazzer: its agent takes longer than all of them. */
  @Test
  void whatFuzzingFoundIsReadOrRefused() throws Exception {
    var fuzz = new DecoderFuzzTest();
    for (byte[] input : Inputs.of(DecoderFuzzTest.class, "aStreamIsReadOrRefused")) {
      fuzz.aStreamIsReadOrRefused(input);
    }
  }

  /** Tried in full: every distance, from every byte of a telegram. */
  @Test
  void findsTheTelegramWhereverTheReadingStarts() throws Exception {
    for (int distance = 0; distance <= FARTHEST; distance++) {
      for (int start = 0; start < 4; start++) {
        assertThat(told(stream(distance, start, WINDOW))).isEqualTo(List.of(said(distance)));
      }
    }
  }

  /** Tried in full: every distance, every bit of the telegrams in the window. */
  @Test
  void everySingleBitErrorIsRefused() throws Exception {
    for (int distance = 0; distance <= FARTHEST; distance++) {
      byte[] stream = stream(distance, 0, WINDOW);
      for (int bit = 0; bit < 64; bit++) {
        stream[bit / 8] ^= (byte) (1 << bit % 8);
        assertThat(told(stream).getFirst())
            .as("%d mm, bit %d", distance, bit)
            .startsWith("! no two");
        stream[bit / 8] ^= (byte) (1 << bit % 8);
      }
    }
  }

  /** Distances that move: a bent bit may cost a reading and never makes another. */
  @Test
  @Tag("chunks")
  void noBentBitMakesAnotherDistance() throws Exception {
    var campaign = Campaign.of("chunks", 500);
    var chance = campaign.chance();
    for (int run = 0; run < campaign.n(); run++) {
      int distance = 100 + chance.nextInt(FARTHEST - 200);
      int moved = distance + chance.nextInt(100) - 50;
      int start = chance.nextInt(4);
      byte[] stream = stream(distance, start, WINDOW);
      System.arraycopy(stream(moved, 0, WINDOW), 0, stream, 4 - start, WINDOW - 4 + start);
      for (int bit = 0; bit < 8 * WINDOW; bit++) {
        stream[bit / 8] ^= (byte) (1 << bit % 8);
        var told = told(stream).getFirst();
        if (!told.startsWith("! ")) {
          assertThat(told).as("%s, bit %d", campaign, bit).isIn(said(distance), said(moved));
        }
        stream[bit / 8] ^= (byte) (1 << bit % 8);
      }
    }
  }

  @Test
  void everyChunkingDecodesTheSame() throws Exception {
    for (int distance : new int[] {28, 511, 767, 1953, 4335}) {
      for (int start = 0; start < 4; start++) {
        var ways = Chunks.every(stream(distance, start, WINDOW)).toList();
        for (var pieces : ways) {
          assertThat(told(pieces)).isEqualTo(List.of(said(distance)));
        }
      }
    }
  }

  /** Whatever comes, in whatever pieces: one end of it, and the same. */
  @Test
  @Tag("chunks")
  void noiseDecodesTheSameInEveryChunking() throws Exception {
    var campaign = Campaign.of("chunks", 2000);
    var chance = campaign.chance();
    for (int run = 0; run < campaign.n(); run++) {
      byte[] noise = stream(chance.nextInt(FARTHEST), chance.nextInt(4), 40);
      for (int i = 0; i < 4; i++) {
        noise[chance.nextInt(noise.length)] =
            (byte) (chance.nextBoolean() ? 0xFF : chance.nextInt());
      }
      assertThat(told(Chunks.some(noise, chance))).as(campaign.toString()).isEqualTo(told(noise));
    }
  }

  private static List<String> told(byte[] stream) throws InterruptedException {
    return told(List.of(stream));
  }

  private static List<String> told(List<byte[]> pieces) throws InterruptedException {
    var line = Trace.coming(pieces);
    return Traces.told(new A02yyuw(line, line, FARTHEST));
  }

  private static String said(int distance) {
    return "= distance %d mm%s".formatted(distance, distance <= 30 ? " (blind zone)" : "");
  }

  /** Telegrams of one distance, from a byte of the first on. */
  private static byte[] stream(int distance, int start, int length) {
    int sum = 0xFF + (distance >> 8) + (distance & 0xFF);
    int[] telegram = {0xFF, distance >> 8, distance & 0xFF, sum & 0xFF};
    byte[] stream = new byte[length];
    IntStream.range(0, length).forEach(i -> stream[i] = (byte) telegram[(start + i) % 4]);
    return stream;
  }
}
