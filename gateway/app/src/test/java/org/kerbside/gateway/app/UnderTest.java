package org.kerbside.gateway.app;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The product as tests start it: as its users do, from jars and with a cache of classes loaded and
 * linked, which saves a third of what a start costs. Made once a build; where other modules come as
 * folders there is none, and they start all the same.
 *
 * @param flags of the JVM, for the cache
 */
record UnderTest(String classPath, List<String> flags) {

  static final String MAIN = "org.kerbside.gateway.app.wiring.Main";

  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Path CLASSES = TARGET.resolve("classes");
  private static final Path JAR = TARGET.resolve("under-test.jar");
  private static final Path CACHE = TARGET.resolve("under-test.aot");
  private static final int PATIENCE = 120; // s, for a training on a busy machine

  private static @Nullable UnderTest made;

  static synchronized UnderTest product() {
    var known = made == null ? made() : made;
    made = known;
    return known;
  }

  /** All that the tests themselves have. */
  static String everything() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static UnderTest made() {
    var others =
        Arrays.stream(everything().split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath())
            .filter(entry -> !entry.equals(CLASSES) && !entry.endsWith("app/target/test-classes"))
            .toList();
    if (others.stream().anyMatch(Files::isDirectory)) {
      return new UnderTest(everything(), List.of());
    }
    var classPath =
        Stream.concat(Stream.of(JAR), others.stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    try (var channel =
            FileChannel.open(
                TARGET.resolve("under-test.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var _ = channel.lock()) { // Tests run in several processes.
      if (isOlder(JAR, newest(files(CLASSES)))) {
        pack();
      }
      if (isOlder(CACHE, newest(Stream.concat(Stream.of(JAR), others.stream()).toList()))) {
        train(classPath);
      }
      var quiet = List.of("-XX:AOTCache=" + CACHE, "-Xlog:aot=off", "-Xlog:cds=off");
      return new UnderTest(classPath, Files.size(CACHE) > 0 ? quiet : List.of());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** The beginning of a line that starts it; what is to be done comes behind. */
  static List<String> java(List<String> flags, String classPath) {
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("@" + GatewayProcess.home().resolve("deploy/jvm.options"));
    line.addAll(flags);
    line.addAll(List.of("-cp", classPath, MAIN));
    return line;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static FileTime newest(List<Path> files) throws IOException {
    var newest = FileTime.fromMillis(0);
    for (var file : files) {
      var time = Files.getLastModifiedTime(file);
      newest = time.compareTo(newest) > 0 ? time : newest;
    }
    return newest;
  }

  private static boolean isOlder(Path file, FileTime than) throws IOException {
    return !Files.exists(file) || Files.getLastModifiedTime(file).compareTo(than) < 0;
  }

  private static void pack() throws IOException {
    try (var jar = new JarOutputStream(Files.newOutputStream(JAR))) {
      for (var file : files(CLASSES)) {
        jar.putNextEntry(new JarEntry(CLASSES.relativize(file).toString()));
        Files.copy(file, jar);
        jar.closeEntry();
      }
    }
  }

  /** Whatever comes of it, it is tried once a build: an empty file is none. */
  private static void train(String classPath) throws IOException {
    var work = Files.createDirectories(TARGET.resolve("training"));
    Files.deleteIfExists(CACHE);
    var line = java(List.of("-XX:AOTCacheOutput=" + CACHE), classPath);
    line.addAll(List.of("run", GatewayProcess.home().resolve("deploy/training.yaml").toString()));
    line.addAll(List.of("--data", work.resolve("data").toString(), "--page", "127.0.0.1:0"));
    var trainee = new ProcessBuilder(line).redirectErrorStream(true).start();
    try (var said = trainee.inputReader()) {
      var ready = said.lines().anyMatch(it -> it.startsWith("ready in "));
      trainee.toHandle().destroy();
      said.lines().forEach(_ -> {}); // What it says to its end: it must not wait for a reader.
      if (!ready || !trainee.waitFor(PATIENCE, TimeUnit.SECONDS) || !Files.exists(CACHE)) {
        Files.write(CACHE, new byte[0]);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      trainee.destroyForcibly();
    }
  }
}
