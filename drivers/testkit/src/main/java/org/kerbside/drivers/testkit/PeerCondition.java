package org.kerbside.drivers.testkit;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Whether the programs that {@link NeedsPeer} names are here. */
final class PeerCondition implements ExecutionCondition {

  /** No program, but a module of Debian's Python. */
  private static final String PYMODBUS = "pymodbus";

  private static final Path MODULES = Path.of("/usr/lib/python3/dist-packages");

  private static final Map<String, String> PACKAGES =
      Map.ofEntries(
          Map.entry("mosquitto", "mosquitto"),
          Map.entry("mosquitto_pub", "mosquitto-clients"),
          Map.entry("mosquitto_sub", "mosquitto-clients"),
          Map.entry("coap-client-notls", "libcoap3-bin"),
          Map.entry("coap-client-openssl", "libcoap3-bin"),
          Map.entry("coap-server-notls", "libcoap3-bin"),
          Map.entry("cc", "gcc libc6-dev"),
          Map.entry("chromium", "chromium"),
          Map.entry("ip", "iproute2"),
          Map.entry("ss", "iproute2"),
          Map.entry("nft", "nftables"),
          Map.entry("promtool", "prometheus"),
          Map.entry("socat", "socat"),
          Map.entry("systemd-analyze", "systemd"),
          Map.entry("systemd-nspawn", "systemd-container"),
          Map.entry("mbpoll", "mbpoll"),
          Map.entry(PYMODBUS, "python3-pymodbus python3-serial python3-serial-asyncio"),
          Map.entry("libfaketimeMT.so.1", "libfaketime"));

  private static final Path LIBRARIES = Path.of("/usr/lib");

  // Debian's services are in sbin, which a person's PATH may lack.
  private static final List<String> ALSO = List.of("/usr/sbin", "/usr/local/sbin");

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return findAnnotation(context.getElement(), NeedsPeer.class)
        .map(needs -> evaluate(List.of(needs.value()), System.getenv("CI")))
        .orElseGet(() -> ConditionEvaluationResult.enabled("needs no peer"));
  }

  static ConditionEvaluationResult evaluate(List<String> needed, @Nullable String ci) {
    Set<String> packages = new LinkedHashSet<>();
    var missing = needed.stream().filter(command -> find(command) == null).toList();
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("peers are here: " + needed);
    }
    missing.forEach(command -> packages.add(PACKAGES.getOrDefault(command, command)));
    String reason =
        "not run: %s missing; sudo apt-get install %s"
            .formatted(String.join(", ", missing), String.join(" ", packages));
    if (ci != null) {
      throw new ExtensionConfigurationException(reason);
    }
    return ConditionEvaluationResult.disabled(reason);
  }

  /** The program's or preloaded library's path, or null when there is none. */
  static @Nullable Path find(String command) {
    if (command.equals(PYMODBUS)) {
      var serial = MODULES.resolve("serial_asyncio");
      return Files.isDirectory(serial) ? existing(MODULES.resolve(command)) : null;
    }
    return command.contains(".so") ? library(command) : program(command);
  }

  private static @Nullable Path existing(Path folder) {
    return Files.isDirectory(folder) ? folder : null;
  }

  /** Debian keeps what is only preloaded in a folder below each architecture's. */
  private static @Nullable Path library(String name) {
    try (var found = Files.newDirectoryStream(LIBRARIES, "*-linux-gnu*")) {
      for (var architecture : found) {
        var candidate = architecture.resolve("faketime").resolve(name);
        if (Files.isReadable(candidate)) {
          return candidate;
        }
      }
      return null;
    } catch (IOException none) {
      return null;
    }
  }

  private static @Nullable Path program(String command) {
    var folders = new LinkedHashSet<String>();
    String path = System.getenv("PATH");
    if (path != null) {
      folders.addAll(List.of(path.split(java.io.File.pathSeparator, -1)));
    }
    folders.addAll(ALSO);
    for (String folder : folders) {
      var candidate = Path.of(folder, command);
      if (!folder.isEmpty() && Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    return null;
  }
}
