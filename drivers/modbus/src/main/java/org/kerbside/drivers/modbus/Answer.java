package org.kerbside.drivers.modbus;

import org.kerbside.gateway.model.Reason;

/** What became of a request. */
sealed interface Answer {

  /** What a read brought. */
  record Said(Block block) implements Answer {}

  /** A write is done. */
  record Done() implements Answer {}

  /**
   * The device answers that it will not. It is alive: no retry, no silence.
   *
   * @param code as {@link #told} says
   */
  record Refusal(int code) implements Answer {

    /** As the specification names it (Application Protocol V1.1b3, 7). */
    String told() {
      return switch (code) {
        case 1 -> "illegal function";
        case 2 -> "illegal data address";
        case 3 -> "illegal data value";
        case 4 -> "server device failure";
        case 5 -> "acknowledge";
        case 6 -> "server device busy";
        case 8 -> "memory parity error";
        case 10 -> "gateway path unavailable";
        case 11 -> "gateway target device failed to respond";
        default -> "exception " + code;
      };
    }

    /** Whether it is not the device that speaks, but a gateway that cannot reach it. */
    boolean isOfGateway() {
      return code == 10 || code == 11;
    }
  }

  /** Nothing came, or nothing that is right. */
  record Nothing(Reason reason) implements Answer {}

  /** The answer in a PDU that {@code request} is answered by, or refused with. */
  static Answer of(Request request, byte[] pdu) {
    if ((pdu[0] & Request.REFUSAL) != 0) {
      return new Refusal(pdu[1] & 0xFF);
    }
    return request instanceof Request.Read read ? new Said(Block.of(read, pdu)) : new Done();
  }

  /** Whether a PDU belongs to this request: its answer, or its refusal. */
  static boolean fits(Request request, byte[] pdu) {
    boolean refuses =
        pdu.length == Request.REFUSAL_LENGTH
            && (pdu[0] & 0xFF) == (request.pdu()[0] | Request.REFUSAL);
    return refuses || request.isAnsweredBy(pdu);
  }
}
