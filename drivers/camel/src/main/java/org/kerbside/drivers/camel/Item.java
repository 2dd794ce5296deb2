package org.kerbside.drivers.camel;

import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.SenmlPack.Said;
import org.kerbside.drivers.picks.Pointer;

/** One device's part of a message: an object, a line, a pack. */
interface Item {

  /** The text or number that stands there; null when there is none. */
  @Nullable String text(Pointer pointer);

  /** What it says of that device. */
  Said read(Whose whose) throws BadTelegram;
}
