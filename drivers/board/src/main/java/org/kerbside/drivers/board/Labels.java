package org.kerbside.drivers.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.kerbside.drivers.api.DeviceException.Unavailable;

/**
 * What chips there are, by what stays: a chip's number is another one after the next update of the
 * kernel. Read from sysfs each time.
 *
 * @param root of the file system
 */
record Labels(Path root) {

  /** The name of the GPIO chip with that label, as {@code gpiochip0}. */
  String header(String label) throws Unavailable {
    return found("pins", label, headers());
  }

  /** The name of the PWM chip of that device, as {@code pwmchip0}. */
  String pwm(String label) throws Unavailable {
    return found("PWM", label, pwms());
  }

  private static String found(String what, String label, SortedMap<String, String> names)
      throws Unavailable {
    var name = names.get(label);
    if (name != null) {
      return name;
    }
    throw new Unavailable(
        names.isEmpty()
            ? "this machine has no %s: expected '%s'".formatted(what, label)
            : "no chip with %s is called '%s': here are %s"
                .formatted(what, label, String.join(", ", names.keySet())));
  }

  /**
   * By label. The kernel tells it under the number of a chip's first line, and the chip's own name
   * below the device that it is on; a device with several is none whose pins lead outside.
   */
  private SortedMap<String, String> headers() {
    var names = new TreeMap<String, String>();
    for (var chip : list(root.resolve("sys/class/gpio"), "gpiochip*")) {
      var label = text(chip.resolve("label"));
      var own = new TreeSet<String>();
      list(chip.resolve("device"), "gpiochip*").forEach(each -> own.add(name(each)));
      if (!label.isEmpty() && own.size() == 1) {
        names.put(label, own.getFirst());
      }
    }
    return names;
  }

  private SortedMap<String, String> pwms() {
    var names = new TreeMap<String, String>();
    for (var chip : list(root.resolve("sys/class/pwm"), "pwmchip*")) {
      try {
        names.put(name(chip.resolve("device").toRealPath()), name(chip));
      } catch (IOException gone) {
        // It went while it was looked at.
      }
    }
    return names;
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static List<Path> list(Path folder, String pattern) {
    try (var found = Files.newDirectoryStream(folder, pattern)) {
      var paths = new ArrayList<Path>();
      found.forEach(paths::add);
      return paths;
    } catch (IOException none) {
      return List.of();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException none) {
      return "";
    }
  }
}
