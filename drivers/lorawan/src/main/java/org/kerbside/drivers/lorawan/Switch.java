package org.kerbside.drivers.lorawan;

import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;
import org.kerbside.gateway.model.Value;

/** An output that is on or off, open or shut, and the bytes that make it so. */
record Switch(Telegram on, Telegram off) {

  /** The bytes for a value; null when it is neither on nor off. */
  @Nullable Telegram telegram(Value value) {
    return switch (value) {
      case Value.Flag(var flag) -> flag ? on : off;
      case Value.Num(var number) -> number == 1 ? on : number == 0 ? off : null;
      case Value.State state -> null;
    };
  }

  /** Null when a mistake was told. */
  static @Nullable Switch read(@Nullable Section own, Mistakes mistakes) {
    if (own == null) {
      return null;
    }
    var on = own.required("on", "08 01 01");
    var off = own.required("off", "08 01 00");
    own.refuseOthers("an output");
    byte[] onBytes = on == null ? null : Numbers.bytes(on, mistakes);
    byte[] offBytes = off == null ? null : Numbers.bytes(off, mistakes);
    return onBytes == null || offBytes == null
        ? null
        : new Switch(new Telegram(onBytes), new Telegram(offBytes));
  }
}
