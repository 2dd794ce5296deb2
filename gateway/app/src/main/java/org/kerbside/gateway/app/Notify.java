package org.kerbside.gateway.app;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What systemd wants to hear of a service, as {@code sd_notify(3)} says it. By the process itself:
 * a child that told it would be gone before anybody could see whose child it was.
 *
 * @param socket where to
 * @param watchdog within what time it wants to hear that all is well; null when it does not
 */
record Notify(UnixDatagram socket, @Nullable Duration watchdog) {

  private static final Logger LOG = LoggerFactory.getLogger(Notify.class);

  /**
   * Whom this process is to tell; null when nobody started it as a service.
   *
   * @param environment of the process, see {@code sd_watchdog_enabled(3)}
   */
  static @Nullable Notify of(Map<String, String> environment, long pid) {
    var address = environment.get("NOTIFY_SOCKET");
    if (address == null || address.isEmpty()) {
      return null;
    }
    return new Notify(new UnixDatagram(address), watchdog(environment, pid));
  }

  private static @Nullable Duration watchdog(Map<String, String> environment, long pid) {
    var micros = environment.get("WATCHDOG_USEC");
    var whose = environment.get("WATCHDOG_PID");
    boolean isOurs = whose == null || whose.equals(String.valueOf(pid));
    return micros == null || !isOurs ? null : Duration.ofNanos(1_000 * Long.parseLong(micros));
  }

  /** That it is up. */
  void ready(String status) {
    tell("READY=1\nSTATUS=%s\n".formatted(status));
  }

  /** That everything got on since it was told last. */
  void alive(String status) {
    tell("WATCHDOG=1\nSTATUS=%s\n".formatted(status));
  }

  /** How it is, and no more. */
  void status(String status) {
    tell("STATUS=%s\n".formatted(status));
  }

  private void tell(String message) {
    try {
      socket.send(message);
    } catch (IOException deaf) {
      LOG.warn("systemd does not hear '{}': {}", message.lines().findFirst().orElse(""), deaf);
    }
  }
}
