package org.kerbside.deploy.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.Peer;

/**
 * A Debian of its own, booted: systemd is its first process, its network is a loopback that nobody
 * else sees. Made by debootstrap once a checkout, and copied for each test.
 */
final class DebianRoot implements AutoCloseable {

  private static final Path HOME = Path.of("target/debian-root").toAbsolutePath();
  private static final Duration BOOT = Duration.ofSeconds(90);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private static final String PACKAGES =
      "systemd,systemd-sysv,udev,dbus,ca-certificates,mosquitto,mosquitto-clients";

  private final Path root;
  private final Process container;

  private DebianRoot(Path root, Process container) {
    this.root = root;
    this.container = container;
  }

  /** The bare image of a board: Debian, and a broker in the city's place. */
  static Path bare() throws Exception {
    var bare = HOME.resolve("bare");
    if (!Files.isDirectory(bare)) {
      var fresh = HOME.resolve("bare.new");
      Files.createDirectories(HOME);
      removed(fresh);
      Deb.ran(
          "debootstrap",
          List.of("--variant=minbase", "--include=" + PACKAGES, "bookworm", fresh.toString()));
      Files.move(fresh, bare);
    }
    return bare;
  }

  /** Boots a copy of an image. */
  static DebianRoot boot(Path image, String name) throws Exception {
    var root = HOME.resolve(name);
    removed(root);
    Deb.ran("cp", List.of("-a", image.toString(), root.toString()));
    var container =
        new ProcessBuilder(
                Peer.path("systemd-nspawn").toString(),
                "--register=no",
                "--keep-unit",
                "--private-network",
                "--boot",
                "--directory=" + root)
            .redirectErrorStream(true)
            .redirectOutput(HOME.resolve(name + ".console").toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    var booted = new DebianRoot(root, container);
    try {
      Await.until("Debian is up", booted::isUp, BOOT, () -> booted.console(name));
      return booted;
    } catch (Exception | AssertionError notUp) {
      booted.close();
      throw notUp;
    }
  }

  private boolean isUp() throws Exception {
    return first().isPresent()
        && ask("systemctl", "is-system-running").output().strip().equals("running");
  }

  /** Its systemd, as this machine sees it; nspawn has other children while it begins. */
  private Optional<ProcessHandle> first() {
    return container.children().filter(DebianRoot::isSystemd).findFirst();
  }

  private static boolean isSystemd(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/%d/comm".formatted(process.pid())))
          .equals("systemd\n");
    } catch (IOException gone) {
      return false;
    }
  }

  private String console(String name) {
    try {
      return Files.readString(HOME.resolve(name + ".console"));
    } catch (IOException none) {
      return "";
    }
  }

  /** What a command in it said, which must end with 0. */
  String run(String... command) throws Exception {
    var ended = ask(command);
    if (ended.exit() != 0) {
      throw new AssertionError(
          "%s: exit %d: %s".formatted(List.of(command), ended.exit(), ended.output()));
    }
    return ended.output();
  }

  /** How a command in it ended. */
  Peer.Ended ask(String... command) throws Exception {
    var process = start(command);
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("%s does not end: %s".formatted(List.of(command), output));
    }
    return new Peer.Ended(process.exitValue(), output);
  }

  /** A command in it. */
  Process start(String... command) throws IOException {
    var line = new ArrayList<>(List.of("-m", "-p", "-u", "-i", "-C"));
    line.addAll(List.of("env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8"));
    line.add("DEBIAN_FRONTEND=noninteractive");
    line.addAll(List.of(command));
    return beside(line);
  }

  /** A command of this machine's, in its network. */
  Process beside(List<String> command) throws IOException {
    var line =
        new ArrayList<>(
            List.of("nsenter", "-t", String.valueOf(first().orElseThrow().pid()), "-n"));
    line.addAll(command);
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectInput(Path.of("/dev/null").toFile())
        .start();
  }

  /** A file in it, as this machine sees it. */
  Path at(String path) {
    return root.resolve(path.substring(1));
  }

  void write(String path, String text) throws IOException {
    Files.createDirectories(at(path).getParent());
    Files.writeString(at(path), text);
  }

  /** Brings a file of this machine's into it. */
  String bring(Path file, String name) throws IOException {
    Files.copy(file, at("/root/" + name), StandardCopyOption.REPLACE_EXISTING);
    return "/root/" + name;
  }

  /** {@code apt-get install} of files. */
  String install(String... files) throws Exception {
    var line =
        new ArrayList<>(List.of("apt-get", "install", "-y", "-q", "--no-install-recommends"));
    line.addAll(List.of(files));
    return run(line.toArray(String[]::new));
  }

  /** Powers it off and forgets it; the image stays. */
  Path keepAs(String name) throws Exception {
    powerOff();
    var image = HOME.resolve(name);
    removed(image);
    Files.move(root, image);
    return image;
  }

  @Override
  public void close() throws IOException {
    powerOff();
    removed(root);
  }

  private void powerOff() throws IOException {
    if (first().isPresent()) {
      start("systemctl", "poweroff", "--force").onExit().join();
      container
          .onExit()
          .completeOnTimeout(container, 30, TimeUnit.SECONDS)
          .thenAccept(
              late -> {
                late.children().forEach(ProcessHandle::destroyForcibly);
                late.destroyForcibly();
              })
          .join();
    }
    container.destroyForcibly().onExit().join();
  }

  private static void removed(Path folder) throws IOException {
    new ProcessBuilder("rm", "-rf", folder.toString()).start().onExit().join();
  }
}
