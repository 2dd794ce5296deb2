package org.kerbside.gateway.app.wiring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.kerbside.config.Device;
import org.kerbside.gateway.model.DataState;
import org.kerbside.gateway.model.Overview;

/**
 * Who answers on a bus: of a device that does, one point at least may be believed. What was never
 * heard is counted for nobody.
 *
 * @param devices of one bus
 * @param silent those of them that do not
 */
record Roster(List<Device> devices, List<Device> silent) {

  Roster {
    devices = List.copyOf(devices);
    silent = List.copyOf(silent);
  }

  int answering() {
    return devices.size() - silent.size();
  }

  /** One for each bus that has a device, in the order of the site. */
  static SequencedMap<String, Roster> byBus(List<Device> devices, Overview overview) {
    var all = new LinkedHashMap<String, List<Device>>();
    devices.forEach(
        device -> all.computeIfAbsent(device.bus(), _ -> new ArrayList<>()).add(device));
    var rosters = new LinkedHashMap<String, Roster>();
    all.forEach(
        (bus, own) ->
            rosters.put(
                bus,
                new Roster(
                    own, own.stream().filter(device -> !answers(device, overview)).toList())));
    return rosters;
  }

  /** How many answer, by bus: what a revision is held against. */
  static SortedMap<String, Integer> answering(List<Device> devices, Overview overview) {
    var answering = new TreeMap<String, Integer>();
    byBus(devices, overview).forEach((bus, roster) -> answering.put(bus, roster.answering()));
    return answering;
  }

  /** A line for each bus: {@code rs485-a: 13 of 14 answer; silent: rs485-a/31}. */
  static String text(List<Device> devices, Overview overview) {
    return new TreeMap<>(byBus(devices, overview))
        .entrySet().stream()
            .map(bus -> bus.getValue().line(bus.getKey()))
            .collect(Collectors.joining("\n"));
  }

  private String line(String bus) {
    var named = silent.stream().map(device -> device.at().text()).collect(Collectors.joining(", "));
    return "%s: %d of %d answer%s"
        .formatted(bus, answering(), devices.size(), named.isEmpty() ? "" : "; silent: " + named);
  }

  /** What is derived of a silent one, as a count, may be good for long: all that it told is not. */
  private static boolean answers(Device device, Overview overview) {
    var states =
        device.asset().points().stream()
            .filter(point -> device.tells(point.name()))
            .map(point -> overview.of(point).state(overview.now()))
            .toList();
    return !states.contains(DataState.SILENT)
        && states.stream().anyMatch(state -> state.compareTo(DataState.UNCERTAIN) >= 0);
  }
}
