package org.kerbside.drivers.lorawan;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.kerbside.drivers.api.DeviceException.BadTelegram;

/** How a maker's telegrams are built: into which parts they fall. */
sealed interface Format {

  Slot.Order order();

  /** The parts of a telegram; what is not understood is added to the problems. */
  List<Part> parts(byte[] telegram, List<String> problems) throws BadTelegram;

  /** Whether several orders may stand in one telegram, one behind the other. */
  boolean isChained();

  /**
   * Milesight: channel, type, value, repeated, low byte first. Nothing says how long a value is: an
   * unknown pair ends it.
   *
   * @param lengths of the values behind the known pairs, bytes
   */
  record Milesight(Map<Integer, Integer> lengths) implements Format {

    /** What every model tells of itself when it joins: version, class, serial number, start. */
    static final Map<Integer, Integer> ITSELF =
        Map.of(
            0xFF01, 1, 0xFF09, 2, 0xFF0A, 2, 0xFF0B, 1, 0xFF0F, 1, 0xFF16, 8, 0xFFFE, 1, 0xFFFF, 2);

    private static final int PAIR = 2; // bytes

    public Milesight {
      lengths = Map.copyOf(lengths);
    }

    @Override
    public Slot.Order order() {
      return Slot.Order.LOW_FIRST;
    }

    @Override
    public boolean isChained() {
      return true;
    }

    @Override
    public List<Part> parts(byte[] telegram, List<String> problems) throws BadTelegram {
      var parts = new ArrayList<Part>();
      int from = 0;
      while (from < telegram.length) {
        int length = length(telegram, from);
        if (length < 0 || from + PAIR + length > telegram.length) {
          unread(telegram, from, length, parts, problems);
          break;
        }
        parts.add(new Part(pair(telegram, from), from + PAIR, length));
        from += PAIR + length;
      }
      return parts;
    }

    private int length(byte[] telegram, int from) {
      if (from + PAIR > telegram.length) {
        return -1;
      }
      int pair = pair(telegram, from);
      return lengths.getOrDefault(pair, ITSELF.getOrDefault(pair, -1));
    }

    private static int pair(byte[] telegram, int from) {
      return (telegram[from] & 0xFF) << 8 | (telegram[from + 1] & 0xFF);
    }

    private static void unread(
        byte[] telegram, int from, int length, List<Part> parts, List<String> problems)
        throws BadTelegram {
      String problem =
          "%s at byte %d, from '%s' on nothing is read"
              .formatted(
                  length < 0 ? "an unknown pair" : "a value that is cut off",
                  from,
                  hex(telegram, from));
      if (parts.isEmpty()) {
        throw new BadTelegram(problem + "; see that the profile is the device's model");
      }
      problems.add(problem);
    }
  }

  /**
   * Everything at its place, high byte first, as Dragino does it.
   *
   * @param length of the whole telegram, bytes; another one is another telegram
   */
  record Fixed(int length) implements Format {

    @Override
    public Slot.Order order() {
      return Slot.Order.HIGH_FIRST;
    }

    @Override
    public boolean isChained() {
      return false;
    }

    @Override
    public List<Part> parts(byte[] telegram, List<String> problems) throws BadTelegram {
      if (telegram.length != length) {
        throw new BadTelegram(
            "%d bytes in '%s': expected %d; see that the profile is the device's model"
                .formatted(telegram.length, hex(telegram, 0), length));
      }
      return List.of(new Part(Part.NONE, 0, length));
    }
  }

  private static String hex(byte[] telegram, int from) {
    int most = Math.min(telegram.length, from + 24);
    return HexFormat.ofDelimiter(" ").formatHex(telegram, from, most)
        + (most < telegram.length ? " …" : "");
  }
}
