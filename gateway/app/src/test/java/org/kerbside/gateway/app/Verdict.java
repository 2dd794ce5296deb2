package org.kerbside.gateway.app;

import java.util.ArrayList;
import java.util.List;

/**
 * What the set checker found: first its figures, then what breaks a promise, each in words.
 *
 * @param received readings at the city, repeats of frames dropped
 * @param frames that came, each counted once
 * @param repeats frames that came again
 * @param explained seqs that never came, but have their gap
 * @param unexplained seqs that never came and have none
 * @param lost acknowledged readings that did not arrive
 * @param doubled readings that arrived in two places
 * @param changed places that came with two contents
 * @param broken all other promises: order, alarms, commands, what is left to send
 */
record Verdict(
    int acknowledged,
    int received,
    int frames,
    int repeats,
    int explained,
    List<String> unexplained,
    List<String> lost,
    List<String> doubled,
    List<String> changed,
    List<String> broken) {

  Verdict {
    unexplained = List.copyOf(unexplained);
    lost = List.copyOf(lost);
    doubled = List.copyOf(doubled);
    changed = List.copyOf(changed);
    broken = List.copyOf(broken);
  }

  /** Everything that breaks a promise; empty when all are kept. */
  List<String> problems() {
    var problems = new ArrayList<String>();
    unexplained.forEach(hole -> problems.add("unexplained hole: " + hole));
    lost.forEach(reading -> problems.add("lost: " + reading));
    doubled.forEach(reading -> problems.add("doubled: " + reading));
    changed.forEach(place -> problems.add("two contents: " + place));
    problems.addAll(broken);
    return problems;
  }

  @Override
  public String toString() {
    return "acknowledged %d, received %d in %d frames, repeated %d, holes explained %d, unexplained %d, lost %d, doubled %d, changed %d, other %d"
        .formatted(
            acknowledged,
            received,
            frames,
            repeats,
            explained,
            unexplained.size(),
            lost.size(),
            doubled.size(),
            changed.size(),
            broken.size());
  }
}
