package org.kerbside.drivers.lorawan;

import java.util.HexFormat;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.gateway.model.Value;

/**
 * What a decoder promises for any bytes: values, every number of them finite, or a refusal that
 * says why; never another exception. Each method tells how the promise is broken, and nothing when
 * it is kept.
 */
final class Promise {

  private static final String KEPT = "";

  private Promise() {}

  /** A decoder at work on some bytes. */
  private interface Reading {
    String read() throws BadTelegram;
  }

  static String brokenBy(LorawanProfile profile, byte[] telegram) {
    return broken(
        telegram,
        () -> {
          for (var heard : profile.decode(profile.port(), telegram, null).heard()) {
            if (heard.sample().value() instanceof Value.Num(var number)
                && !Double.isFinite(number)) {
              return "not finite: " + heard;
            }
          }
          return KEPT;
        });
  }

  static String brokenBy(EventTopic topic, byte[] body) {
    return broken(
        body,
        () -> {
          EventReader.read(topic, body);
          return KEPT;
        });
  }

  private static String broken(byte[] bytes, Reading reading) {
    try {
      return reading.read();
    } catch (BadTelegram refused) {
      return refused.getMessage().isBlank() ? "a refusal without a word" : KEPT;
    } catch (RuntimeException bug) {
      throw new AssertionError(HexFormat.of().formatHex(bytes), bug);
    }
  }
}
