package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.gateway.model.Checkup;
import org.kerbside.gateway.model.Checkup.Finding;
import org.kerbside.gateway.model.Checkup.State;

@Timeout(30)
class ReadinessTest {

  /** A dead lamp, a dead link and a half-written file leave the rest at work. */
  @ParameterizedTest
  @CsvSource({
    "journal, OK, 200",
    "journal, WARN, 200",
    "journal, FAIL, 503",
    "disk, FAIL, 503",
    "service, FAIL, 503",
    "bus, FAIL, 200",
    "uplink, FAIL, 200",
    "files, FAIL, 200",
    "secrets, FAIL, 200",
    "revision, FAIL, 200",
  })
  void itIsReadyWhileNothingLacksThatItsWorkNeeds(String name, State state, int status)
      throws Exception {
    try (var server =
            served(
                () ->
                    List.of(
                        Finding.well("service", "it answers"),
                        new Finding(name, state, "x", "y")));
        var phone = new Phone(server)) {
      var answer = phone.get("/readyz");
      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    }
  }

  @Test
  void itSaysOfEachThingHowItIsAndWhatToDo() throws Exception {
    var finding = Finding.failed("bus", "lamps: 7 of 8 \"answer\"", "look at A/B");
    try (var server = served(() -> List.of(finding));
        var phone = new Phone(server)) {
      assertThat(phone.get("/readyz").body())
          .isEqualTo(
              """
              {"format":1,"ready":true,"findings":[{"name":"bus","state":"fail",\
              "text":"lamps: 7 of 8 \\"answer\\"","remedy":"look at A/B"}]}
              """);
    }
  }

  @Test
  void howeverManyAskItIsTriedOnce() throws Exception {
    var tries = new AtomicInteger();
    var all = new CountDownLatch(1);
    Tried tried =
        () -> {
          tries.incrementAndGet();
          all.await();
          return List.of();
        };
    try (var server = served(tried);
        var phone = new Phone(server);
        var asking = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked =
          List.of(1, 2, 3, 4, 5).stream()
              .map(_ -> asking.submit(() -> phone.get("/readyz").statusCode()))
              .toList();
      // While they wait, nobody else does.
      assertThat(phone.get("/healthz").body()).isEqualTo("ok\n");
      all.countDown();
      for (var one : asked) {
        assertThat(one.get()).isEqualTo(200);
      }
      assertThat(phone.get("/readyz").statusCode()).isEqualTo(200);
    }
    assertThat(tries).hasValue(1);
  }

  private interface Tried {
    List<Finding> now() throws InterruptedException;
  }

  private static PageServer served(Tried tried) throws PageException {
    var street = Street.demo();
    Checkup checkup =
        () -> {
          try {
            return tried.now();
          } catch (InterruptedException stop) {
            throw new AssertionError(stop);
          }
        };
    var server = Pages.of(street).checkup(checkup).server();
    server.start();
    return server;
  }
}
