package org.kerbside.drivers.modbus;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Profile;
import org.kerbside.config.Section;
import org.kerbside.gateway.model.Reason;

/** Reads a profile. Every mistake is told; the profile is there only when there are none. */
final class ProfileReader {

  private final Profile profile;
  private final Mistakes mistakes;
  private long before;

  ProfileReader(Profile profile, Mistakes mistakes) {
    this.profile = profile;
    this.mistakes = mistakes;
  }

  @Nullable ModbusProfile read() {
    before = mistakes.errors();
    var own = profile.own();
    own.text("profile"); // these two were read by whoever found the file
    own.text("driver");
    var line = own.text("line"); // as the maker ships it: for people, the bus has its own
    if (line != null) {
      LineReader.read(line, mistakes);
    }
    var order = SlotReader.order(own, Order.ABCD);
    var read = own.requiredSection("read", "{ function: 3, every: 10s }");
    var points = own.requiredSection("points", "{ power: { at: 0, type: u16, unit: W } }");
    if (read == null || points == null) {
      return null;
    }
    var table = table(read);
    var slots = slots(points, new SlotReader(table, order, mistakes));
    var guards = guards(own, new SlotReader(table, order, mistakes));
    var made = made(own, read, table, slots, guards);
    own.node("test"); // read by who tries it
    read.refuseOthers("'read'");
    own.refuseOthers("a modbus profile");
    if (mistakes.errors() > before) {
      return null;
    }
    Proof.of(profile, made, mistakes).forEach(Proof::run);
    return mistakes.errors() > before ? null : made;
  }

  private ModbusProfile made(
      Section own, Section read, Table table, List<Slot> slots, List<Guard> guards) {
    var most = whole(read, "most", 1, table.most());
    var gap = whole(read, "gap", 0, table.most());
    return new ModbusProfile(
        profile.name().text(),
        ModbusBus.readTimeout(own),
        ModbusBus.readEvery(read),
        asWritten(read, table),
        gap == null ? 0 : gap,
        most == null ? table.most() : most,
        slots,
        guards);
  }

  private static List<Slot> slots(Section points, SlotReader reader) {
    var slots = new ArrayList<Slot>();
    for (var entry : points.entries()) {
      var section = points.section(entry.key().text());
      var slot = section == null ? null : reader.slot(entry.key(), section);
      if (slot != null) {
        slots.add(slot);
      }
    }
    return slots;
  }

  private List<Guard> guards(Section own, SlotReader reader) {
    var guards = new ArrayList<Guard>();
    for (var section : own.sections("guards")) {
      var place = reader.place(section);
      var least = section.number("least");
      var most = section.number("most");
      var word = section.required("reason", Reason.DEVICE_ERROR.text());
      var reason = word == null ? null : Reasons.read(word, mistakes);
      section.refuseOthers("a guard");
      if (place != null && reason != null) {
        guards.add(
            new Guard(
                place,
                least == null ? Double.NEGATIVE_INFINITY : least,
                most == null ? Double.POSITIVE_INFINITY : most,
                reason));
      }
    }
    return guards;
  }

  private Table table(Section read) {
    read.required("function", "3");
    var table = SlotReader.table(read, mistakes);
    return table == null ? Table.HOLDING : table;
  }

  /** Of a device that wants to be asked for one block as it is. */
  private List<Request.Read> asWritten(Section read, Table table) {
    var address = SlotReader.whole(read, "address", 0, 0xFFFF, mistakes);
    var count = whole(read, "count", 1, table.most());
    if (address == null || count == null) {
      if (read.has("address") != read.has("count")) {
        mistakes.add(
            read.mark(),
            "E001",
            "'address' and 'count' go together",
            "write both, or neither: then the registers of the points are asked for");
      }
      return List.of();
    }
    if (address + count > 0x10000) {
      mistakes.add(read.markOf("count"), "E103", "the block ends behind 0xFFFF", "write less");
      return List.of();
    }
    return List.of(new Request.Read(table, address, count));
  }

  private @Nullable Integer whole(Section section, String key, int least, int most) {
    return SlotReader.whole(section, key, least, most, mistakes);
  }
}
