package org.kerbside.drivers.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A folder on a disk that keeps what is synced and promises nothing else. Its rules:
 *
 * <ul>
 *   <li>A write or a new size survives once a sync of its file that began later has succeeded.
 *   <li>What a failed sync covered is lost, even if a later sync succeeds: the kernel takes those
 *       pages for clean. Written once more, it is as new.
 *   <li>A new name survives once its file or its folder is synced, another name or none once the
 *       folder is. Unsynced ones survive from the first up to any.
 *   <li>A folder is there when a file in it is.
 * </ul>
 *
 * Not thread-safe.
 */
public final class Disk {

  /** What is done to names and is not synced. */
  private record Naming(int step, @Nullable DiskFile file, String from, String to) {

    boolean isIn(String folder) {
      return parent(from).equals(folder) || parent(to).equals(folder);
    }

    private static String parent(String name) {
      int slash = name.lastIndexOf('/');
      return slash < 0 ? "" : name.substring(0, slash);
    }

    boolean isNew() {
      return from.equals(to);
    }

    /** Whether it is over and done with once the name is another file's. */
    boolean isBefore(Naming other) {
      return step < other.step && from.equals(other.to) && (isNew() || to.isEmpty());
    }

    void apply(Map<String, DiskFile> names) {
      if (file != null) {
        names.remove(from, file);
        if (!to.isEmpty()) {
          names.put(to, file);
        }
      }
    }
  }

  private final Map<Long, DiskFile> files = new HashMap<>(); // by the inode that they have now
  private final Map<String, DiskFile> seen = new TreeMap<>(); // by name, as the process sees them
  private final Map<String, DiskFile> kept = new TreeMap<>(); // by name, as they survive
  private final List<Naming> unsynced = new ArrayList<>();
  private int steps;

  public void take(DiskLog.Step step) {
    steps++;
    switch (step) {
      case DiskLog.Step.Created(var inode, var name) -> {
        var file = new DiskFile();
        files.put(inode, file);
        name(file, name, name);
      }
      case DiskLog.Step.Wrote(var inode, var offset, var bytes) ->
          file(inode).change(new DiskFile.Change(steps, offset, bytes));
      case DiskLog.Step.Sized(var inode, var size) ->
          file(inode).change(new DiskFile.Change(steps, size, null));
      case DiskLog.Step.Synced(var inode, var covered) -> {
        file(inode).synced(covered);
        keep(covered, naming -> naming.file == file(inode) && naming.isNew());
      }
      case DiskLog.Step.NotSynced(var inode, var covered) -> {
        if (files.containsKey(inode)) {
          file(inode).notSynced(covered);
        }
      }
      case DiskLog.Step.FolderSynced(var name, var covered) ->
          keep(covered, naming -> naming.isIn(name));
      case DiskLog.Step.Renamed(var from, var to) -> name(seen.get(from), from, to);
      case DiskLog.Step.Unlinked(var name) -> name(seen.get(name), name, "");
      case DiskLog.Step.Noted(_) -> {}
    }
  }

  private DiskFile file(long inode) {
    return files.computeIfAbsent(inode, _ -> new DiskFile());
  }

  private void name(@Nullable DiskFile file, String from, String to) {
    var naming = new Naming(steps, file, from, to);
    naming.apply(seen);
    unsynced.add(naming);
  }

  private void keep(int covered, Predicate<Naming> isMeant) {
    for (var naming : List.copyOf(unsynced)) {
      if (naming.step <= covered && isMeant.test(naming) && unsynced.contains(naming)) {
        naming.apply(kept);
        unsynced.remove(naming);
        unsynced.removeIf(older -> older.isBefore(naming));
      }
    }
  }

  /** What is there after a power cut now. The disk goes on as if there had been none. */
  public Survivors survivors(Loss loss, Random chance) {
    var names = new TreeMap<>(kept);
    int most =
        switch (loss) {
          case NOTHING -> unsynced.size();
          case UNSYNCED -> 0;
          case REORDERED, TORN_512, TORN_4096 -> chance.nextInt(unsynced.size() + 1);
        };
    unsynced.subList(0, most).forEach(naming -> naming.apply(names));
    var contents = new TreeMap<String, byte[]>();
    names.forEach((name, file) -> contents.put(name, file.survives(loss, chance)));
    return new Survivors(contents);
  }

  /** Files by their names. */
  public record Survivors(Map<String, byte[]> files) {

    /** Into a folder, which is made, or emptied first. */
    public void write(Path folder) throws IOException {
      Files.createDirectories(folder);
      try (var old = Files.walk(folder)) {
        for (var file : old.sorted(Comparator.reverseOrder()).toList()) {
          if (!file.equals(folder)) {
            Files.delete(file);
          }
        }
      }
      for (var file : files.entrySet()) {
        var path = folder.resolve(file.getKey());
        var parent = path.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.write(path, file.getValue());
      }
    }
  }
}
