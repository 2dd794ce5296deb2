package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Value;

/** Commands over the API, over real HTTP. */
@Timeout(30)
class CommandApiTest {

  private static final String CALIBRATE =
      """
      {"id":"test-0003","op":"calibrate","asset":"bin-2","set":{"empty":"118cm","full":"30cm"}}""";

  private static final String BIND =
      """
      {"id":"test-0004","op":"bind","asset":"bin-2","from":"rs485-a/32","set":{"at":"rs485-a/33"}}""";

  private static final String ACK =
      """
      {"id":"test-0001","op":"ack","alarm":"bin-2/bin-overflow","reason":"going"}""";

  private final Street street = Street.troubled();
  private final Crew crew = new Crew(street);
  private final Workshop workshop = new Workshop();
  private final Cabinet cabinet = new Cabinet();
  private final PageServer server =
      Pages.of(street)
          .crew(crew)
          .machine(workshop)
          .fitter(workshop)
          .access(cabinet.access())
          .server();
  private Phone phone;

  @BeforeEach
  void serve() throws Exception {
    server.start();
    phone = new Phone(server);
  }

  @AfterEach
  void stop() {
    phone.close();
    server.close();
  }

  @Test
  void aCommandIsDoneInTheNameOfItsSessionAndOnce() throws Exception {
    phone.login(Role.CREW, "4711");
    var first = post(ACK);
    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(first.headers().firstValue("Location")).contains("/api/v1/commands/test-0001");
    assertThat(post(ACK).statusCode()).isEqualTo(202);
    assertThat(crew.asked())
        .singleElement()
        .satisfies(
            command -> {
              assertThat(command.by()).isEqualTo("crew:4711");
              assertThat(command.issuer()).isEqualTo(Issuer.CREW);
              assertThat(command.point()).isEqualTo("bin-2/bin-overflow");
              assertThat(command.reason()).isEqualTo("going");
            });
    assertThat(phone.get("/api/v1/commands/test-0001").body())
        .isEqualTo("{\"id\":\"test-0001\",\"outcome\":\"done\"}\n");
  }

  @Test
  void aSettingIsATestOfThirtySecondsAtMost() throws Exception {
    phone.login(Role.CREW, "4711");
    post("{\"id\":\"test-0002\",\"op\":\"set\",\"point\":\"zone-1/valve\",\"value\":0.5}");
    assertThat(crew.asked())
        .extracting(Command::value, Command::lease)
        .containsExactly(tuple(new Value.Num(.5), Duration.ofSeconds(30)));
    assertThat(phone.get("/api/v1/commands/test-0002").body()).contains("\"observed\":0.5");
  }

  @Test
  void whatIsNoCommandIsRefusedWithAWordAndNothingIsAsked() throws Exception {
    phone.login(Role.ENGINEER, "4711");
    for (var body :
        List.of(
            "",
            "[]",
            "{",
            "{}",
            ACK + ACK,
            "{\"id\":\"short\",\"op\":\"ack\",\"alarm\":\"a/b\"}",
            "{\"id\":\"test-0001\",\"op\":\"reboot\",\"asset\":\"cabinet\"}",
            "{\"id\":\"test-0001\",\"op\":\"ack\"}",
            "{\"id\":\"test-0001\",\"op\":\"ack\",\"alarm\":7}",
            "{\"id\":\"test-0001\",\"op\":\"ack\",\"op\":\"set\",\"alarm\":\"a/b\"}",
            "{\"id\":\"test-0001\",\"op\":\"ack\",\"alarm\":\"a/b\",\"by\":\"city:boss\"}",
            "{\"id\":\"test-0001\",\"op\":\"set\",\"point\":\"a/b\",\"value\":1,\"lease\":31}",
            "{\"id\":\"test-0001\",\"op\":\"set\",\"point\":\"a/b\",\"value\":1,\"lease\":0}",
            "{\"id\":\"test-0001\",\"op\":\"set\",\"point\":\"a/b\",\"value\":1e999}",
            "{\"id\":\"test-0001\",\"op\":\"set\",\"point\":\"a/b\",\"value\":[[[1]]]}",
            "{\"id\":\"test-0001\",\"op\":\"shelve\",\"alarm\":\"a/b\",\"lease\":28801}",
            "{\"id\":\"test-0001\",\"op\":\"ack\",\"alarm\":\"" + "x".repeat(201) + "\"}",
            CALIBRATE.replace(",\"set\":{\"empty\":\"118cm\",\"full\":\"30cm\"}", ""),
            CALIBRATE.replace("\"118cm\"", "118"),
            CALIBRATE.replace("\"asset\"", "\"from\":\"a/1\",\"asset\""),
            CALIBRATE.replace("calibrate", "ack"),
            BIND.replace("\"at\"", "\"profile\""),
            BIND.replace("\"at\"", "\"empty\""))) {
      var answer = post(body);
      assertThat(answer.statusCode()).as(body).isEqualTo(400);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }
    assertThat(crew.asked()).isEmpty();
    assertThat(workshop.done()).isEmpty();
  }

  @Test
  void whatAnInstallerMeasuredIsKeptOnce() throws Exception {
    phone.login(Role.INSTALLER, "7002");
    for (int i = 0; i < 2; i++) {
      var answer = post(CALIBRATE);
      assertThat(answer.statusCode()).isEqualTo(202);
      assertThat(answer.body()).contains("\"outcome\":\"done\"");
    }
    assertThat(workshop.done()).containsExactly("calibrated bin-2 {empty=118cm, full=30cm} 7002");
    assertThat(phone.get("/api/v1/commands/test-0003").body()).contains("\"outcome\":\"done\"");
    assertThat(post(CALIBRATE.replace("118", "119")).body()).contains("rejected", "conflict");
    assertThat(post(ACK.replace("test-0001", "test-0003")).body()).contains("conflict");
    post(ACK);
    assertThat(post(CALIBRATE.replace("test-0003", "test-0001")).body()).contains("conflict");
    assertThat(workshop.done()).hasSize(1);
    assertThat(crew.asked()).hasSize(1);
  }

  @Test
  void anotherDeviceIsBoundOnceAlsoAfterTheGatewayBeganAgain() throws Exception {
    phone.login(Role.INSTALLER, "7002");
    assertThat(post(BIND).body()).contains("\"outcome\":\"done\"");
    assertThat(post(BIND.replace("test-0004", "test-0005")).body())
        .contains("\"outcome\":\"done\"");
    assertThat(workshop.done()).containsExactly("bound bin-2 rs485-a/32 {at=rs485-a/33} 7002");
    assertThat(post(BIND.replace("test-0004", "test-0006").replace("/33", "/41")).body())
        .contains("rejected", "rs485-a/41 is taken by air-1");
  }

  @Test
  void aCrewsCodeMeasuresOnlyWithTheCabinetsButton() throws Exception {
    phone.login(Role.CREW, "4711");
    assertThat(post(CALIBRATE).statusCode()).isEqualTo(403);
    assertThat(post(BIND).statusCode()).isEqualTo(403);
    assertThat(workshop.done()).isEmpty();
    cabinet.button(CabinetButton.Press.PRESSED);
    assertThat(post(CALIBRATE).statusCode()).isEqualTo(202);
    assertThat(workshop.done()).hasSize(1);
  }

  @Test
  void itIsGuardedAsEveryFormIs() throws Exception {
    assertThat(post(ACK).statusCode()).as("nobody").isEqualTo(401);
    phone.login(Role.CREW, "4711");
    var token = phone.token();
    assertThat(status(json(ACK).header("Origin", phone.origin()))).as("no token").isEqualTo(403);
    assertThat(status(json(ACK).header("X-Kerbside-Token", token))).as("no origin").isEqualTo(403);
    assertThat(
            status(
                json(ACK)
                    .header("X-Kerbside-Token", token)
                    .header("Origin", "http://evil.example")))
        .as("foreign origin")
        .isEqualTo(403);
    var form = phone.form("/api/v1/commands", "token", token).header("Origin", phone.origin());
    assertThat(status(form)).as("a form").isEqualTo(400);
    assertThat(crew.asked()).isEmpty();
  }

  @Test
  void whatNobodyAskedForIsUnknownAndNotForStrangers() throws Exception {
    assertThat(phone.get("/api/v1/commands/test-0009").statusCode()).isEqualTo(401);
    phone.login(Role.CREW, "4711");
    assertThat(phone.get("/api/v1/commands/test-0009").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> post(String body) throws Exception {
    return phone.send(
        json(body).header("X-Kerbside-Token", phone.token()).header("Origin", phone.origin()));
  }

  private HttpRequest.Builder json(String body) {
    return phone
        .form("/api/v1/commands")
        .setHeader("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private int status(HttpRequest.Builder request) throws Exception {
    return phone.send(request).statusCode();
  }
}
