package org.kerbside.drivers.modbus;

import org.jspecify.annotations.Nullable;

/** The four tables of a device, each read by a function of its own. */
enum Table {
  COIL(1, 2000),
  DISCRETE(2, 2000),
  HOLDING(3, 125),
  INPUT(4, 125);

  private final int function;
  private final int most;

  Table(int function, int most) {
    this.function = function;
    this.most = most;
  }

  int function() {
    return function;
  }

  /** How many bits or registers one request may ask for (Application Protocol V1.1b3, 6.1–6.4). */
  int most() {
    return most;
  }

  boolean isOfBits() {
    return this == COIL || this == DISCRETE;
  }

  static @Nullable Table of(int function) {
    for (var table : values()) {
      if (table.function == function) {
        return table;
      }
    }
    return null;
  }
}
