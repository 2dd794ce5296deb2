package org.kerbside.gateway.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.config.Overlay;
import org.kerbside.config.Revisions;
import org.kerbside.gateway.model.Checkup.Finding;
import org.kerbside.gateway.model.Checkup.State;

/** Which files the doctor looks at, and how often. */
class DoctorTest {

  private static final String SITE =
      """
      schema: 1
      site: { id: TEST-1, name: test, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
      uplink: { url: "mqtt://127.0.0.1:1", tenant: test, accept: [ plaintext, anonymous ] }
      """;

  @TempDir private Path folder;
  private Path data;
  private Path site;
  private Plan.Source people;

  @BeforeEach
  void writeTheSite() throws Exception {
    data = Files.createDirectory(folder.resolve("data"));
    site = Files.writeString(folder.resolve("site.yaml"), SITE);
    people = new Plan.Source(site, List.of(), Overlay.NONE, null);
  }

  @Test
  void aTryReadsTheSiteOnce() {
    var read = new AtomicInteger();
    var doctor =
        new Doctor(
            data,
            () -> {
              read.incrementAndGet();
              return people;
            });
    assertThat(doctor.tried()).extracting(Finding::name).contains("files", "uplink", "certificate");
    assertThat(read).hasValue(1);
  }

  /** What people keep waits meanwhile, and may be half written. */
  @Test
  void whatTheCityPushedIsJudgedWhileItRuns() throws Exception {
    var kept = Revisions.in(data).keepPushed(people.files(), 7, Instant.EPOCH);
    Files.writeString(site, "schema: 1\nnonsense");
    var running = people.of(Objects.requireNonNull(Revisions.in(data).of(kept.number())));
    assertThat(files(running).state()).isEqualTo(State.OK);
    assertThat(files(running).text()).startsWith("revision 1, which the city pushed: ");
    assertThat(files(people).state()).isEqualTo(State.FAIL);
  }

  private Finding files(Plan.Source running) {
    return Doctor.of(data, running).tried().stream()
        .filter(one -> one.name().equals("files"))
        .findFirst()
        .orElseThrow();
  }
}
