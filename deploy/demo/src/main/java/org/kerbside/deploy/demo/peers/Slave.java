package org.kerbside.deploy.demo.peers;

import static org.kerbside.deploy.demo.peers.RegisterMap.COILS;
import static org.kerbside.deploy.demo.peers.RegisterMap.HOLDING;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.deploy.demo.peers.RegisterMap.Cell;
import org.kerbside.gateway.model.Value;

/** One device on a Modbus line: answers what a master asks, and moves what it writes. */
final class Slave {

  private static final int DISCRETE = 2;
  private static final int WRITE_COIL = 5;
  private static final int WRITE_REGISTER = 6;
  private static final int WRITE_REGISTERS = 16;

  private static final int ILLEGAL_FUNCTION = 1;
  private static final int ILLEGAL_ADDRESS = 2;
  private static final int BUSY = 6;

  private static final int MOST_REGISTERS = 125;
  private static final int MOST_COILS = 2000;

  private final String asset;
  private final RegisterMap map;
  private final Play play;
  private @Nullable Said said; // guarded by this

  Slave(String asset, RegisterMap map, Play play) {
    this.asset = asset;
    this.map = map;
    this.play = play;
  }

  String asset() {
    return asset;
  }

  synchronized void hear(Said now) {
    said = now;
  }

  /**
   * Answers a request.
   *
   * @param request from the function on; at least five bytes
   */
  synchronized byte[] answer(byte[] request) {
    if (said == null) {
      return exception(request, BUSY);
    }
    int function = request[0] & 0xFF;
    int at = word(request, 1);
    return switch (function) {
      case COILS, DISCRETE, HOLDING, RegisterMap.INPUT -> read(request, at, word(request, 3), said);
      case WRITE_COIL -> write(request, COILS, at, new int[] {word(request, 3) == 0xFF00 ? 1 : 0});
      case WRITE_REGISTER -> write(request, HOLDING, at, new int[] {word(request, 3)});
      case WRITE_REGISTERS -> write(request, HOLDING, at, words(request));
      default -> exception(request, ILLEGAL_FUNCTION);
    };
  }

  private byte[] read(byte[] request, int at, int count, Said now) {
    int table = request[0];
    boolean isBits = table <= DISCRETE;
    if (!isThere(table) || count < 1 || count > (isBits ? MOST_COILS : MOST_REGISTERS)) {
      return exception(request, ILLEGAL_ADDRESS);
    }
    if (at + count > map.size()) {
      return exception(request, ILLEGAL_ADDRESS);
    }
    int[] words = words(table, at, count, now);
    return isBits ? bits(table, words) : registers(table, words);
  }

  private boolean isThere(int table) {
    return map.cells().stream().anyMatch(cell -> cell.table() == table);
  }

  /** What no cell fills is 0. */
  private int[] words(int table, int at, int count, Said now) {
    int[] words = new int[count];
    for (var cell : map.cells()) {
      if (cell.table() == table) {
        int[] own = cell.coding().words(cell.reading().of(now));
        for (int i = 0; i < own.length; i++) {
          int place = cell.at() + i - at;
          if (place >= 0 && place < count) {
            words[place] = own[i];
          }
        }
      }
    }
    return words;
  }

  private static byte[] registers(int function, int[] words) {
    var answer = ByteBuffer.allocate(2 + 2 * words.length);
    answer.put((byte) function).put((byte) (2 * words.length));
    for (int word : words) {
      answer.putShort((short) word);
    }
    return answer.array();
  }

  private static byte[] bits(int function, int[] bits) {
    byte[] answer = new byte[2 + (bits.length + 7) / 8];
    answer[0] = (byte) function;
    answer[1] = (byte) (answer.length - 2);
    for (int i = 0; i < bits.length; i++) {
      answer[2 + i / 8] |= (byte) (bits[i] << i % 8);
    }
    return answer;
  }

  private byte[] write(byte[] request, int table, int at, int[] words) {
    if (at + words.length > map.size() || !isThere(table)) {
      return exception(request, ILLEGAL_ADDRESS);
    }
    for (int i = 0; i < words.length; i++) {
      for (var cell : cells(table, at + i)) {
        move(cell, words[i]);
      }
    }
    return List.of(WRITE_COIL, WRITE_REGISTER).contains((int) request[0])
        ? request
        : ByteBuffer.allocate(5).put(request, 0, 5).array();
  }

  private List<Cell> cells(int table, int at) {
    return map.cells().stream().filter(cell -> cell.table() == table && cell.at() == at).toList();
  }

  private void move(Cell cell, int word) {
    var quantity = cell.output();
    if (quantity != null && said != null) {
      double number = word * cell.step();
      boolean isShare = quantity.equals("dim") || quantity.equals("valve");
      play.move(asset, quantity, isShare ? new Value.Num(number) : Value.Flag.of(word != 0));
      said = said.with(quantity, number);
    }
  }

  private static byte[] exception(byte[] request, int code) {
    return new byte[] {(byte) (request[0] | 0x80), (byte) code};
  }

  private static int[] words(byte[] request) {
    int[] words = new int[Math.min(word(request, 3), (request.length - 6) / 2)];
    for (int i = 0; i < words.length; i++) {
      words[i] = word(request, 6 + 2 * i);
    }
    return words;
  }

  private static int word(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
  }
}
