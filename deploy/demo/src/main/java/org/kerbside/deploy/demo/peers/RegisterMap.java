package org.kerbside.deploy.demo.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model of Modbus device has in its registers, from its data sheet; addresses as on the
 * wire, from 0.
 *
 * @param size of its tables: beyond it nothing can be asked
 */
record RegisterMap(int size, List<Cell> cells) {

  static final int COILS = 1; // as the functions that read them
  static final int HOLDING = 3;
  static final int INPUT = 4;

  private static final double HERTZ = 50;
  private static final double HOURS = 4321; // a lamp's, before the play began
  private static final int NO_ECHO = 0xFFFD;
  private static final int SIGNAL = 80; // of 99
  private static final double SALINITY = 1000; // uS/cm

  RegisterMap {
    cells = List.copyOf(cells);
  }

  /** What a register makes of what was measured, in whole steps of its own. */
  interface Reading {
    double of(Said said);
  }

  /**
   * One value.
   *
   * @param output the quantity that is moved where it is written; absent where it cannot be
   * @param step of that quantity, for 1
   */
  record Cell(
      int table, int at, Coding coding, Reading reading, @Nullable String output, double step) {

    static Cell read(int table, int at, Coding coding, Reading reading) {
      return new Cell(table, at, coding, reading, null, 1);
    }

    static Cell coil(int at, String quantity) {
      return new Cell(COILS, at, Coding.BIT, said -> said.number(quantity), quantity, 1);
    }
  }

  /** Null for a model that nobody plays. */
  static @Nullable RegisterMap of(String model) {
    return MODELS.get(model);
  }

  private static final Map<String, RegisterMap> MODELS =
      Map.of(
          "sdm120", sdm120(),
          "sdm630", sdm630(),
          "pzem-004t", pzem004t(),
          "tuf-2000m", tuf2000m(),
          "cwt-soil-ths", soil(),
          "lamp-485", lamp(),
          "relay-485", relays(),
          "ultrasonic-485", ultrasonic(),
          "leakage-485", leakage());

  /** Eastron: floats with the high word first. A street's three phases are one here. */
  private static RegisterMap sdm120() {
    return new RegisterMap(
        0x160,
        List.of(
            Cell.read(INPUT, 0x0000, Coding.FLOAT, Said::volts),
            Cell.read(INPUT, 0x0006, Coding.FLOAT, Said::amperes),
            Cell.read(INPUT, 0x000C, Coding.FLOAT, said -> said.number("power")),
            Cell.read(INPUT, 0x0012, Coding.FLOAT, said -> said.volts() * said.amperes()),
            Cell.read(INPUT, 0x0018, Coding.FLOAT, RegisterMap::reactive),
            Cell.read(INPUT, 0x001E, Coding.FLOAT, Said::factor),
            Cell.read(INPUT, 0x0046, Coding.FLOAT, said -> HERTZ),
            Cell.read(INPUT, 0x0048, Coding.FLOAT, said -> said.number("energy")),
            Cell.read(INPUT, 0x004A, Coding.FLOAT, said -> 0)));
  }

  /** Its sister for three phases. */
  private static RegisterMap sdm630() {
    var cells = new ArrayList<Cell>();
    for (int phase = 0; phase < 3; phase++) {
      var letter = String.valueOf((char) ('A' + phase));
      cells.add(phase(0x0000 + 2 * phase, "voltage" + letter));
      cells.add(phase(0x0006 + 2 * phase, "current" + letter));
      cells.add(phase(0x000C + 2 * phase, "power" + letter));
    }
    cells.add(phase(0x0034, "power"));
    cells.add(Cell.read(INPUT, 0x003E, Coding.FLOAT, Said::factor));
    cells.add(Cell.read(INPUT, 0x0046, Coding.FLOAT, said -> HERTZ));
    cells.add(phase(0x0048, "energy"));
    return new RegisterMap(0x160, cells);
  }

  private static Cell phase(int at, String quantity) {
    return Cell.read(INPUT, at, Coding.FLOAT, said -> said.number(quantity));
  }

  private static double reactive(Said said) {
    double sine = Math.sqrt(1 - said.factor() * said.factor());
    return said.volts() * said.amperes() * sine;
  }

  /** Peacefair, v3: 32 bits with the low word first. */
  private static RegisterMap pzem004t() {
    return new RegisterMap(
        10,
        List.of(
            Cell.read(INPUT, 0, Coding.WORD, said -> said.volts() * 10),
            Cell.read(INPUT, 1, Coding.LONG_LOW_FIRST, said -> said.amperes() * 1000),
            Cell.read(INPUT, 3, Coding.LONG_LOW_FIRST, said -> said.number("power") * 10),
            Cell.read(INPUT, 5, Coding.LONG_LOW_FIRST, said -> said.number("energy") * 1000),
            Cell.read(INPUT, 7, Coding.WORD, said -> HERTZ * 10),
            Cell.read(INPUT, 8, Coding.WORD, said -> said.factor() * 100),
            Cell.read(INPUT, 9, Coding.WORD, said -> 0))); // no alarm
  }

  /** Its manual counts from 1: R1 flow, R9 total, R72 errors, R92 quality, R115 total. */
  private static RegisterMap tuf2000m() {
    return new RegisterMap(
        1500,
        List.of(
            Cell.read(HOLDING, 0, Coding.FLOAT_LOW_FIRST, said -> said.number("flow") * 3600),
            Cell.read(HOLDING, 8, Coding.LONG_LOW_FIRST, said -> said.number("volume")),
            Cell.read(HOLDING, 71, Coding.WORD, said -> 0),
            Cell.read(HOLDING, 91, Coding.WORD, said -> SIGNAL),
            Cell.read(HOLDING, 112, Coding.FLOAT_LOW_FIRST, said -> said.number("volume")),
            Cell.read(HOLDING, 114, Coding.FLOAT_LOW_FIRST, said -> said.number("volume")),
            Cell.read(HOLDING, 1436, Coding.WORD, said -> 0))); // m3
  }

  private static RegisterMap soil() {
    return new RegisterMap(
        3,
        List.of(
            Cell.read(HOLDING, 0, Coding.WORD, said -> said.number("moisture") * 1000),
            Cell.read(HOLDING, 1, Coding.WORD, said -> said.number("soil") * 10),
            Cell.read(HOLDING, 2, Coding.WORD, said -> SALINITY)));
  }

  /** The house's own map of a lamp controller. */
  private static RegisterMap lamp() {
    return new RegisterMap(
        10,
        List.of(
            Cell.coil(0, "on"),
            new Cell(HOLDING, 0, Coding.WORD, said -> said.number("dim") * 100, "dim", 0.01),
            Cell.read(INPUT, 0, Coding.WORD, said -> said.volts() * 10),
            Cell.read(INPUT, 1, Coding.WORD, said -> said.amperes() * 1000),
            Cell.read(INPUT, 2, Coding.WORD, said -> said.number("power") * 10),
            Cell.read(INPUT, 3, Coding.WORD, said -> said.factor() * 1000),
            Cell.read(INPUT, 4, Coding.LONG, said -> said.number("energy") * 1000),
            Cell.read(INPUT, 6, Coding.LONG, said -> HOURS),
            Cell.read(INPUT, 8, Coding.LONG, said -> 77)));
  }

  /** Likewise of a relay board. */
  private static RegisterMap relays() {
    return new RegisterMap(
        8,
        List.of(
            Cell.coil(0, "fan"),
            Cell.coil(1, "heat"),
            Cell.coil(2, "sign"),
            Cell.coil(3, "contactor"),
            Cell.coil(4, "pump"),
            Cell.coil(5, "spray"),
            Cell.coil(6, "valve")));
  }

  private static RegisterMap ultrasonic() {
    return new RegisterMap(
        2,
        List.of(
            Cell.read(HOLDING, 0, Coding.WORD, RegisterMap::millimetres),
            Cell.read(HOLDING, 1, Coding.WORD, said -> said.number("temperature") * 10)));
  }

  private static double millimetres(Said said) {
    double metres = said.number("distance");
    return Double.isNaN(metres) ? NO_ECHO : metres * 1000;
  }

  private static RegisterMap leakage() {
    return new RegisterMap(
        1, List.of(Cell.read(HOLDING, 0, Coding.WORD, said -> said.number("leakage") * 1000)));
  }
}
