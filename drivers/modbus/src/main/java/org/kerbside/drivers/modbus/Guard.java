package org.kerbside.drivers.modbus;

import org.kerbside.gateway.model.Reason;

/**
 * What a device says of itself: outside these numbers nothing that it measures is good.
 *
 * @param least of the raw number, not scaled
 * @param most of the raw number
 * @param reason what its samples are then bad for
 */
record Guard(Slot.Place place, double least, double most, Reason reason) {

  /** Also false where it was not told: what is unknown spoils nothing a second time. */
  boolean isBroken(Image image) {
    var bits = image.bits(place);
    if (bits == null) {
      return false;
    }
    double number = place.layout().number(bits);
    return !(number >= least && number <= most);
  }
}
