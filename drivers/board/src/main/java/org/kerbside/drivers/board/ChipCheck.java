package org.kerbside.drivers.board;

import java.util.List;
import java.util.Map;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;
import org.kerbside.drivers.api.Chip;

/** Tells of what is wrong with the chips on a wire. */
record ChipCheck(Place.Wires place, Map<String, Chip<Section>> chips, Mistakes mistakes) {

  void check(List<Device> devices) {}
}
