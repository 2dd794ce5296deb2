package org.kerbside.drivers.modbus;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;

/**
 * Where one quantity stands in a device, and what it means.
 *
 * @param sentinels bits that say that there is no value, and why; tested before scaling
 * @param output how it is written; absent where it is only read
 */
record Slot(
    String quantity,
    Place place,
    Meaning meaning,
    Map<Long, Reason> sentinels,
    @Nullable Output output) {

  Slot {
    sentinels = Map.copyOf(sentinels);
  }

  /**
   * Some registers or one bit.
   *
   * @param address on the wire, from 0
   */
  record Place(Table table, int address, Layout layout, Order order) {

    int end() {
      return address + layout.size();
    }

    boolean isIn(Request.Read read) {
      return table == read.table()
          && address >= read.address()
          && end() <= read.address() + read.count();
    }

    /** As the block holds it, which it must. */
    long bits(Block block) {
      return table.isOfBits()
          ? (block.bit(address) ? 1 : 0)
          : order.bits(block, address, layout.size());
    }
  }

  /**
   * A device may be written elsewhere than it is read.
   *
   * @param function 5, 6 or 16
   * @param safe what it is to be when nobody orders: written at start and at the end; absent where
   *     it stays as it was
   */
  record Output(int function, int address, @Nullable Value safe) {}

  Sample sample(Image image) {
    var bits = image.bits(place);
    if (bits == null) {
      return Sample.bad(quantity, image.missing(place));
    }
    var none = sentinels.get(bits);
    return none == null
        ? meaning.sample(quantity, place.layout(), bits)
        : Sample.bad(quantity, none);
  }
}
