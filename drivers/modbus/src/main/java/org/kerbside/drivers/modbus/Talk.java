package org.kerbside.drivers.modbus;

import java.util.ArrayList;
import java.util.List;
import org.kerbside.drivers.api.Sample;

/**
 * The poll of one device as it stands: what was asked, what is still to ask. A poll that failed
 * begins again where it did: an answer that comes late is then to what was asked last. Belongs to
 * the bus's thread.
 */
final class Talk {

  private final String address;
  private final int unit;
  private final ModbusProfile profile;
  private final List<Request.Read> reads;

  private final List<Image.Told> told = new ArrayList<>(); // since the poll began
  private int next;

  Talk(String address, int unit, ModbusProfile profile) {
    this.address = address;
    this.unit = unit;
    this.profile = profile;
    this.reads = profile.reads();
  }

  /** As the site writes it. */
  String address() {
    return address;
  }

  int unit() {
    return unit;
  }

  ModbusProfile profile() {
    return profile;
  }

  /** What to ask now. */
  Request.Read read() {
    return reads.get(next);
  }

  /** What became of {@link #read}. */
  void heard(Answer answer) {
    told.add(new Image.Told(read(), answer));
    next = (next + 1) % reads.size();
  }

  boolean isOver() {
    return told.size() == reads.size();
  }

  /** Ends the poll; what it brought. */
  List<Sample> end() {
    var samples = profile.samples(new Image(told));
    told.clear();
    return samples;
  }

  /** Ends the poll because the device does not answer; what it had told before stays good. */
  List<Sample> give(Answer.Nothing up) {
    var image = new ArrayList<>(told);
    reads.stream()
        .filter(read -> told.stream().noneMatch(one -> one.read().equals(read)))
        .forEach(read -> image.add(new Image.Told(read, up)));
    told.clear();
    return profile.samples(new Image(image));
  }
}
