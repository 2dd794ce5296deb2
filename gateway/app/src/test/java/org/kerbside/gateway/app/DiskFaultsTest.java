package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.Child;
import org.kerbside.drivers.testkit.Failure;
import org.kerbside.drivers.testkit.Failure.Way;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.Shim;

/**
 * Control and writer over a disk that fails under them. Whatever it does: the lamp moves, nobody is
 * told «kept» of what is not, and when the disk is well again the gateway goes on by itself.
 */
@NeedsPeer("cc")
@Timeout(120)
class DiskFaultsTest {

  @TempDir private Path place;
  private Shim shim;
  private Child child;

  @BeforeEach
  void start() throws Exception {
    shim = Shim.over(place.resolve("data"), place.resolve("shim"));
    child = Child.start(Steering.class, List.of(), shim.environment(), shim.folder());
    assertThat(does("calm")).isEqualTo("said");
    awaitAllKept();
  }

  @AfterEach
  void stop() throws InterruptedException {
    child.kill();
  }

  private String does(String line) throws IOException {
    return child.does(line);
  }

  private void awaitAllKept() throws Exception {
    Await.until(
        "all is kept",
        () -> does("heard").contains(" 0 waiting"),
        Duration.ofSeconds(30),
        this::heard);
  }

  private String heard() {
    try {
      return does("heard");
    } catch (IOException gone) {
      return "it is gone";
    }
  }

  @Test
  void aSyncOfFiveSecondsMakesAcknowledgementsLateAndControlNot() throws Exception {
    shim.plant(Failure.slowSync(Duration.ofSeconds(5)));
    assertThat(does("glaring")).isEqualTo("moved, heard nothing");
    assertThat(does("calm")).isEqualTo("said");
    awaitAllKept();
    assertThat(shim.hit()).isPositive();
    shim.heal();
    closesWith(3);
  }

  @Test
  void eioAtWriteAndSyncHoldsAllBackAndStopsNoLamp() throws Exception {
    outlasts(Failure.of(Way.EIO));
  }

  @Test
  void eioAtSyncAloneHoldsAllBackAndStopsNoLamp() throws Exception {
    outlasts(Failure.of(Way.EIO, Failure.Call.SYNC));
  }

  @Test
  void aFullDiskHoldsAllBackAndStopsNoLamp() throws Exception {
    outlasts(Failure.of(Way.ENOSPC));
  }

  /** As when the kernel remounts it after an error. */
  @Test
  void aDiskTurnedReadOnlyHoldsAllBackAndStopsNoLamp() throws Exception {
    outlasts(Failure.of(Way.EROFS));
  }

  private void outlasts(Failure failure) throws Exception {
    shim.plant(failure);
    assertThat(does("glaring")).isEqualTo("moved, heard nothing");
    assertThat(does("calm")).isEqualTo("said");
    Await.until("the journal has tried more than once", () -> shim.hit() > 4);
    assertThat(does("heard")).isEqualTo("1 kept, 2 waiting, 3 said");
    shim.heal();
    awaitAllKept();
    closesWith(3);
  }

  /** All that was said is kept, in this process and in the next. */
  private void closesWith(int readings) throws Exception {
    assertThat(does("kept")).isEqualTo(readings + " readings");
    assertThat(does("close")).isEqualTo("closed");
    assertThat(child.exit()).isZero();
    try (var next = new Cabinet(shim.folder(), new FastClock(Instant.now(), 1))) {
      assertThat(next.kept("lamp-1/power")).hasSize(readings);
      assertThat(next.journal.setAside()).isNull();
    }
  }
}
