package org.kerbside.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The launcher in a checkout of its own, on a machine whose JDKs, Maven and dpkg are scripts. */
final class Checkout {

  private static final List<String> TOOLS =
      List.of(
          "sh",
          "awk",
          "cat",
          "cp",
          "date",
          "dirname",
          "env",
          "find",
          "flock",
          "fold",
          "grep",
          "head",
          "id",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "sort",
          "tail",
          "touch",
          "tr");

  private final Path root;
  private final Path bin;
  private final Map<String, String> environment = new HashMap<>();

  Checkout(Path folder) throws IOException {
    root = folder.resolve("checkout");
    bin = Files.createDirectories(folder.resolve("bin"));
    for (var room : List.of("config", "drivers", "rules", "deploy", "gateway/app/src/main")) {
      Files.createDirectories(root.resolve(room));
    }
    Files.copy(
        Path.of("../../kerbside"), root.resolve("kerbside"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.writeString(root.resolve("pom.xml"), "<project>\n  <version>1</version>\n</project>\n");
    for (var tool : TOOLS) {
      Files.createSymbolicLink(bin.resolve(tool), Path.of("/usr/bin", tool).toRealPath());
    }
    environment.put("PATH", bin.toString());
    environment.put("LANG", "C.UTF-8");
    tool("apt-get", "exit 100");
    tool("apt-cache", "exit 0");
  }

  /** What it was started with, and how it ended. */
  record Ended(long pid, int exit, String out, String err) {

    String lastLine() {
      return out.lines().toList().getLast();
    }
  }

  /** A JDK that tells what it was started with. */
  Path jdk(String version) throws IOException {
    var jdk = Files.createDirectories(root.resolveSibling("jdk-" + version));
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
    script(jdk.resolve("bin/javac"), "");
    script(
        jdk.resolve("bin/java"),
        """
        for word; do
          case $word in
            -XX:AOTCacheOutput=*) echo trained >> %1$s; [ -f %2$s ] || echo cache > "${word#*=}" ;;
          esac
        done
        echo $$ %3$s "$@"
        """
            .formatted(root.resolve("trainings"), root.resolve("untrainable"), version));
    return jdk;
  }

  void javaInPath(Path jdk) throws IOException {
    Files.createSymbolicLink(bin.resolve("java"), jdk.resolve("bin/java"));
  }

  void set(String variable, String value) {
    environment.put(variable, value);
  }

  /** A Maven that leaves a class path, counts its runs, and then does as told. */
  void maven(String then) throws IOException {
    tool(
        "mvn",
        """
        cd %s
        echo "$JAVA_HOME" >> runs
        mkdir -p gateway/app/target
        echo lib.jar > gateway/app/target/classpath
        echo '[INFO] Building gateway/app 1            [16/17]'
        %s
        """
            .formatted(root, then));
  }

  /** From now on no training run leaves a cache. */
  void cannotBeTrained() throws IOException {
    Files.createFile(root.resolve("untrainable"));
  }

  /** How often Java was trained. */
  int trainings() throws IOException {
    var log = root.resolve("trainings");
    return Files.exists(log) ? Files.readAllLines(log).size() : 0;
  }

  List<String> mavenRuns() throws IOException {
    return Files.readAllLines(root.resolve("runs"));
  }

  void tool(String name, String script) throws IOException {
    script(bin.resolve(name), script);
  }

  /** A source written well after the last build; file times may be as coarse as a second. */
  void changeSource() throws IOException {
    var source = Files.writeString(root.resolve("gateway/app/src/main/A.java"), "class A {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
  }

  Ended launch(String... arguments) throws IOException, InterruptedException {
    var out = root.resolveSibling("out");
    var err = root.resolveSibling("err");
    var builder =
        new ProcessBuilder(root.resolve("kerbside").toString())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.command().addAll(List.of(arguments));
    builder.environment().clear();
    builder.environment().putAll(environment);
    var process = builder.start();
    int exit = process.waitFor();
    return new Ended(
        process.pid(), exit, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
