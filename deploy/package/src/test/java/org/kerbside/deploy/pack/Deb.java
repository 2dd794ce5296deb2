package org.kerbside.deploy.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.kerbside.drivers.testkit.Peer;

/** A package file, looked into by dpkg's own tools. */
record Deb(Path file) {

  private static final Pattern ENTRY =
      Pattern.compile("(\\S+) (\\S+) +(\\d+) (\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d) \\.(.*)");

  /** One file or folder of it, as tar lists it. */
  record Entry(String mode, String owner, long bytes, String day, String path) {

    boolean isFolder() {
      return mode.startsWith("d");
    }

    boolean isProgram() {
      return mode.equals("-rwxr-xr-x");
    }
  }

  /** The one that the build has just made for that architecture. */
  static Deb of(String architecture) throws IOException {
    try (var made =
        Files.newDirectoryStream(Path.of("target"), "kerbside_*_" + architecture + ".deb")) {
      for (var file : made) {
        return new Deb(file.toAbsolutePath());
      }
    }
    throw new AssertionError("no package for " + architecture + ": run ./kerbside package");
  }

  List<Entry> entries() throws Exception {
    var entries = new ArrayList<Entry>();
    for (var line : dpkg("-c").lines().toList()) {
      var entry = ENTRY.matcher(line);
      if (!entry.matches()) {
        throw new AssertionError("dpkg-deb lists no entry: " + line);
      }
      entries.add(
          new Entry(
              entry.group(1),
              entry.group(2),
              Long.parseLong(entry.group(3)),
              entry.group(4),
              entry.group(6)));
    }
    return entries;
  }

  String field(String name) throws Exception {
    return dpkg("-f", name).strip();
  }

  /** Its files below a folder, scripts and fields in {@code DEBIAN}. */
  Path unpacked(Path folder) throws Exception {
    var root = folder.resolve("root");
    ran("dpkg-deb", List.of("-R", file.toString(), root.toString()));
    return root;
  }

  private String dpkg(String option, String... more) throws Exception {
    var arguments = new ArrayList<>(List.of(option, file.toString()));
    arguments.addAll(List.of(more));
    return ran("dpkg-deb", arguments);
  }

  /** What a program that must succeed has said. */
  static String ran(String command, List<String> arguments) throws Exception {
    var ended = Peer.run(command, arguments);
    if (ended.exit() != 0) {
      throw new AssertionError(
          "%s %s: exit %d: %s".formatted(command, arguments, ended.exit(), ended.output()));
    }
    return ended.output();
  }
}
