package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.NeedsPeer;

@NeedsPeer("socat")
class HeartbeatTest {

  private static final long WATCHDOG = 90_000; // µs: a beat each 30 ms
  private static final String BEAT = "WATCHDOG=1";

  @TempDir private Path folder = Path.of("");

  @Test
  void tellsThatItIsReadyOnceControlHasPassedABatch() throws Exception {
    var body = new FakeBody();
    try (var systemd = ServiceManager.at(folder.resolve("notify").toString());
        var _ = Heartbeat.start(systemd.environment(WATCHDOG), body)) {
      body.asked(3);
      assertThat(systemd.times("READY=1")).isZero();
      body.control.incrementAndGet();
      systemd.awaits("READY=1");
      systemd.awaits("STATUS=fine");
    }
  }

  @Test
  void speaksToAnAbstractSocket() throws Exception {
    var name = "@kerbside-test-" + ProcessHandle.current().pid();
    try (var systemd = ServiceManager.at(name)) {
      new UnixDatagram(name).send("READY=1\n");
      systemd.awaits("READY=1");
    }
  }

  @Test
  void beatsWhileEveryPartGetsOnAndNoLonger() throws Exception {
    var body = new FakeBody();
    body.gets = true;
    try (var systemd = ServiceManager.at(folder.resolve("notify").toString());
        var _ = Heartbeat.start(systemd.environment(WATCHDOG), body)) {
      systemd.awaits(BEAT);

      body.hangs = true;
      systemd.awaits("STATUS=no progress: writer");
      long beats = systemd.times(BEAT);
      long withheld = body.withheld.get();
      Await.until("three more are withheld", () -> body.withheld.get() > withheld + 3);
      assertThat(systemd.times(BEAT)).isEqualTo(beats);

      body.hangs = false;
      Await.until("it beats again", () -> systemd.times(BEAT) > beats);
    }
  }

  @Test
  void isSilentWhereNobodyStartedItAsAService() {
    assertThat(Notify.of(Map.of(), 1)).isNull();
    assertThat(Notify.of(Map.of("NOTIFY_SOCKET", ""), 1)).isNull();
  }

  @Test
  void theWatchdogOfAnotherProcessIsNotOurs() {
    var environment =
        Map.of("NOTIFY_SOCKET", "/n", "WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "2");

    assertThat(Notify.of(environment, 1)).extracting(Notify::watchdog).isNull();
    assertThat(Notify.of(environment, 2)).extracting(Notify::watchdog).isNotNull();
  }

  @Test
  void saysWhatTheKernelRefused() {
    var nobody = new UnixDatagram(folder.resolve("nobody").toString());

    assertThatThrownBy(() -> nobody.send("READY=1")).hasMessage("sendto: errno 2"); // ENOENT
  }

  @Test
  void refusesANameThatNoSocketCanHave() {
    assertThatThrownBy(() -> new UnixDatagram("/" + "n".repeat(107)))
        .hasMessageContaining("expected 1 to 107 bytes");
  }

  /** Control and a writer that get on each time somebody looks, or do not. */
  private static final class FakeBody implements Heartbeat.Body {

    private final AtomicLong control = new AtomicLong();
    private final AtomicLong writer = new AtomicLong();
    private final AtomicLong withheld = new AtomicLong();
    private final AtomicLong looks = new AtomicLong();
    private volatile boolean gets;
    private volatile boolean hangs;

    @Override
    public List<Sign> signs() {
      looks.incrementAndGet();
      if (gets) {
        control.incrementAndGet();
      }
      if (gets && !hangs) {
        writer.incrementAndGet();
      }
      return List.of(Sign.of("control", control.get()), Sign.of("writer", writer.get()));
    }

    @Override
    public String status() {
      return "fine";
    }

    @Override
    public void withheld() {
      withheld.incrementAndGet();
    }

    void asked(int times) throws Exception {
      Await.until("it was asked " + times + " times", () -> looks.get() >= times);
    }
  }
}
