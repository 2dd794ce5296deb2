package org.kerbside.drivers.coap;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;

/**
 * How devices prove who they are: by a key that each shares with us, by a certificate with its
 * address as common name, or some by this and some by that.
 *
 * @param keys absent where none has one
 */
public record Dtls(@Nullable Keys keys, Identity identity) {

  /** What we show of ourselves, and whom we believe. */
  public enum Identity {
    /** Nothing: keys alone. */
    NONE,
    /** The gateway's own certificate; devices' of the authority that lies beside it. */
    CERTIFICATE
  }

  private static final String EXAMPLE = "dtls: { keys: !secret coap-keys }";

  /** Null when a mistake was told. */
  static @Nullable Dtls read(Section own, Mistakes mistakes) {
    var secret = own.text("keys");
    var identity = own.choice("identity", List.of("certificate"));
    boolean isEmpty = !own.has("keys") && !own.has("identity");
    own.refuseOthers("'dtls'");
    if (isEmpty) {
      mistakes.add(own.mark(), "E001", "'dtls' has neither keys nor identity", EXAMPLE);
      return null;
    }
    var keys = secret == null ? null : Keys.read(secret, mistakes);
    if ((own.has("keys") && keys == null) || (own.has("identity") && identity == null)) {
      return null;
    }
    return new Dtls(keys, identity == null ? Identity.NONE : Identity.CERTIFICATE);
  }

  /** A device without a key must have a certificate: that is seen when it speaks. */
  void check(Mark mark, List<Device> devices, Mistakes mistakes) {
    if (keys != null) {
      keys.check(mark, devices, identity, mistakes);
    }
  }
}
