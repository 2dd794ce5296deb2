package org.kerbside.gateway.model;

import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Where it is kept what people measured or fitted on the spot: apart from the site's own files, and
 * told to the city. Thread-safe; waits for the disk.
 */
public interface Fitter {

  /** One that keeps nothing. */
  Fitter CLOSED =
      new Fitter() {
        @Override
        public String calibrate(String asset, SequencedMap<String, String> set, String by) {
          return "nothing can be kept here";
        }

        @Override
        public String bind(
            String asset, @Nullable String from, SequencedMap<String, String> set, String by) {
          return "nothing can be kept here";
        }

        @Override
        public @Nullable Sight look(String asset, String point, int times) {
          return null;
        }

        @Override
        public void record(String asset, SequencedMap<String, String> found, String by) {}

        @Override
        public SequencedMap<String, List<String>> buses() {
          return Collections.emptySortedMap();
        }

        @Override
        public Met meet(String bus, String address) {
          return new Met.Unasked("there is no bus here");
        }

        @Override
        public List<Kind> kinds() {
          return List.of();
        }
      };

  /**
   * Keeps settings that were measured: they are so at once.
   *
   * @param set as people write them: {@code empty → 118cm}
   * @param by the worker's number
   * @return why not, for people; null when it is kept
   */
  @Nullable String calibrate(String asset, SequencedMap<String, String> set, String by);

  /**
   * Has another device speak for an asset; the gateway begins again in its process.
   *
   * @param from the address of the one that is gone; absent where the asset has one only
   * @param set {@code at} and, where it is of another model, {@code profile}
   * @return why not, for people; null when it is kept
   */
  @Nullable String bind(
      String asset, @Nullable String from, SequencedMap<String, String> set, String by);

  /**
   * Asks an asset's own device for a number, past everything else; each time takes four seconds at
   * most.
   *
   * @return null where no device of it can be asked: it speaks when it likes
   */
  @Nullable Sight look(String asset, String point, int times) throws InterruptedException;

  /**
   * What a device said when it was asked several times.
   *
   * @param numbers those that were good, in the point's unit
   */
  record Sight(List<Double> numbers) {
    public Sight {
      numbers = List.copyOf(numbers);
    }

    /** The one in the middle; of an even count the greater of the two. There must be one. */
    public double middle() {
      return numbers.stream().sorted().toList().get(numbers.size() / 2);
    }

    /** From the least to the greatest; none of fewer than two. */
    public double spread() {
      var all = numbers.stream().mapToDouble(number -> number).summaryStatistics();
      return numbers.isEmpty() ? 0 : all.getMax() - all.getMin();
    }
  }

  /**
   * Tells the city that an asset was commissioned.
   *
   * @param found what was seen and measured, as people write it
   */
  void record(String asset, SequencedMap<String, String> found, String by);

  /** The addresses at which a device can be, as a site's file writes them, by the bus's name. */
  SequencedMap<String, List<String>> buses();

  /**
   * Asks one of the addresses of {@link #buses}, of which the site may know nothing, between the
   * polls; takes four seconds at most.
   */
  Met meet(String bus, String address) throws InterruptedException;

  /** Who was met at an address. */
  sealed interface Met {

    record Nobody() implements Met {}

    /**
     * Somebody answered.
     *
     * @param at as a site's file writes it: {@code rs485-a/33}
     * @param likely profiles that what it says would fit, the likeliest first; may be none
     */
    record Somebody(String at, List<String> likely) implements Met {
      public Somebody {
        likely = List.copyOf(likely);
      }
    }

    /**
     * The bus itself cannot be asked.
     *
     * @param why for people
     */
    record Unasked(String why) implements Met {}
  }

  /** Every kind of asset that a site may list. */
  List<Kind> kinds();
}
