package org.kerbside.drivers.camel;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.Senml;
import org.kerbside.drivers.api.Senml.Form;
import org.kerbside.drivers.api.SenmlPack.Said;
import org.kerbside.drivers.picks.Pointer;

/** A message that is one SenML pack, in JSON or CBOR. */
final class PackItem implements Item {

  private final byte[] bytes;
  private final Instant received;

  PackItem(byte[] bytes, Instant received) {
    this.bytes = bytes;
    this.received = received;
  }

  @Override
  public @Nullable String text(Pointer pointer) {
    return null; // A pack names points, and no device.
  }

  @Override
  public Said read(Whose whose) throws BadTelegram {
    var device = whose.device();
    var said = Senml.decode(form(), bytes, received).of(device.address(), List.of(device.asset()));
    if (said.samples().isEmpty()) {
      throw new BadTelegram(
          said.problems().isEmpty()
              ? "senml: no record has a value"
              : String.join("; ", said.problems()));
    }
    return said;
  }

  /** CBOR's arrays begin with a byte from 0x80 on, no JSON text does. */
  private Form form() {
    return bytes.length > 0 && bytes[0] < 0 ? Form.CBOR : Form.JSON;
  }
}
