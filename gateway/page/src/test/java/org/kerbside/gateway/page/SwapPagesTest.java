package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device is swapped on the page, over real HTTP. */
class SwapPagesTest {

  private final Workshop workshop = new Workshop();
  private final PageServer server =
      Pages.of(Street.troubled())
          .machine(workshop)
          .fitter(workshop)
          .access(new Cabinet().access())
          .server();
  private Phone phone;

  @BeforeEach
  void serve() throws Exception {
    server.start();
    phone = new Phone(server);
    phone.login(Role.INSTALLER, "7002");
  }

  @AfterEach
  void stop() {
    phone.close();
    server.close();
  }

  @Test
  void anotherDeviceIsBoundOnceThoughTheFormIsSentTwice() throws Exception {
    assertThat(phone.get("/swap/bin-2").body()).contains("ultrasonic-485 · rs485-a/32");
    assertThat(swap("rs485-a/33", "").body()).contains("已换上", "/commission/bin-2");
    assertThat(swap("rs485-a/33", "").body()).contains("已换上");
    assertThat(workshop.done()).containsExactly("bound bin-2 rs485-a/32 {at=rs485-a/33} 7002");
  }

  @Test
  void aModelGoesAlongWhereItIsAnother() throws Exception {
    swap("rs485-a/33", " ultrasonic-a01 ");
    assertThat(workshop.done())
        .containsExactly("bound bin-2 rs485-a/32 {at=rs485-a/33, profile=ultrasonic-a01} 7002");
  }

  @Test
  void aRefusalTellsWhyAndKeepsWhatWasTyped() throws Exception {
    var refused = swap("rs485-a/41", "");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("41 is taken by air-1", "value=\"rs485-a/41\"");
    assertThat(workshop.done()).isEmpty();
  }

  @Test
  void thereIsNoSwapOfWhatIsNotThere() throws Exception {
    assertThat(phone.get("/swap/bin-9").statusCode()).isEqualTo(404);
    assertThat(phone.post("/swap/bin-9", "token", phone.token(), "at", "rs485-a/33").statusCode())
        .isEqualTo(404);
  }

  private HttpResponse<String> swap(String at, String profile) throws Exception {
    return phone.post(
        "/swap/bin-2", "token", phone.token(), "from", "rs485-a/32", "at", at, "profile", profile);
  }
}
