package org.kerbside.deploy.demo.peers;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import org.kerbside.deploy.demo.peers.Framing.Telegram;
import org.kerbside.drivers.simulator.Fault;

/**
 * The slaves of one Modbus line, by their numbers, and what becomes of their answers on the way.
 * From any thread.
 */
final class Line {

  private static final int DEVICE_FAILURE = 4;

  private final Framing framing;
  private final Map<Integer, Slave> slaves;
  private final Play play;

  Line(Framing framing, Map<Integer, Slave> slaves, Play play) {
    this.framing = framing;
    this.slaves = Map.copyOf(slaves);
    this.play = play;
  }

  void hear(String asset, Said said) {
    for (var slave : slaves.values()) {
      if (slave.asset().equals(asset)) {
        slave.hear(said);
      }
    }
  }

  /** Answers a master until it ends the line. */
  void serve(InputStream from, OutputStream to) throws IOException {
    var requests = new DataInputStream(new BufferedInputStream(from));
    for (int asked = 0; ; asked++) {
      var request = framing.read(requests);
      var slave = slaves.get(request.unit());
      if (slave != null && !play.has(slave.asset(), Fault.SILENT)) {
        to.write(answer(slave, request, asked));
        to.flush();
      }
    }
  }

  private byte[] answer(Slave slave, Telegram request, int asked) {
    var answer = new Telegram(request.transaction(), request.unit(), slave.answer(request.pdu()));
    return play.has(slave.asset(), Fault.BAD_BYTES) ? spoilt(answer, asked) : framing.bytes(answer);
  }

  /** In turn: an exception, another's number, an answer that is short, a wrong sum. */
  private byte[] spoilt(Telegram answer, int asked) {
    byte[] pdu = answer.pdu();
    return switch (framing) {
      case TCP ->
          framing.bytes(
              switch (asked % 3) {
                case 0 -> exception(answer);
                case 1 -> new Telegram(answer.transaction(), answer.unit() ^ 0x40, pdu);
                default -> shortened(answer);
              });
      case RTU ->
          switch (asked % 4) {
            case 0 -> framing.bytes(exception(answer));
            case 1 -> framing.bytes(new Telegram(0, answer.unit() ^ 0x40, pdu));
            case 2 -> framing.bytes(shortened(answer));
            default -> turned(framing.bytes(answer));
          };
    };
  }

  private static Telegram exception(Telegram answer) {
    byte[] pdu = {(byte) (answer.pdu()[0] | 0x80), DEVICE_FAILURE};
    return new Telegram(answer.transaction(), answer.unit(), pdu);
  }

  private static Telegram shortened(Telegram answer) {
    byte[] pdu = Arrays.copyOf(answer.pdu(), answer.pdu().length - 1);
    return new Telegram(answer.transaction(), answer.unit(), pdu);
  }

  private static byte[] turned(byte[] telegram) {
    telegram[telegram.length - 1] ^= 0x10;
    return telegram;
  }
}
