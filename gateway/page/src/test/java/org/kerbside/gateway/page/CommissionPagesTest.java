package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Value;

/** What is taken for a calibration, and what is not, over real HTTP. */
class CommissionPagesTest {

  private static final String FAR = "/commission/gap-1?step=far&height=120&full=30";
  private static final Pattern ASKED = Pattern.compile("asked=([0-9]+)");

  private final Street street = Street.troubled();
  private final Cabinet cabinet = new Cabinet();
  private final Workshop workshop = new Workshop();
  private final PageServer server =
      Pages.of(street).machine(workshop).fitter(workshop).access(cabinet.access()).server();
  private Phone phone;

  @BeforeEach
  void serve() throws Exception {
    street.addGeneric("gap-1", "井盖 1", Street.number("distance", "m", 8));
    street.says("gap-1", "distance", new Value.Num(1.2));
    server.start();
    phone = new Phone(server);
  }

  @AfterEach
  void stop() {
    phone.close();
    server.close();
  }

  @Test
  void ofASensorThatCanBeAskedTheMiddleOneOfFiveAnswersCounts() throws Exception {
    phone.login(Role.INSTALLER, "7002");
    workshop.sees(1.19, 1.18, 1.199, 1.181, 1.182);
    assertThat(place(take("far", ""))).contains("&far=1.182", "&spread=0.019", "step=near");
  }

  @Test
  void aCrewThatPressedTheCabinetsButtonIsAskedForNoOtherCode() throws Exception {
    phone.login(Role.CREW, "4711");
    cabinet.button(CabinetButton.Press.PRESSED);
    workshop.sees(1.19);
    assertThat(phone.get("/commission/gap-1/now").body()).isEqualTo("1,190 mm");
    workshop.sees(1.19, 1.19, 1.19);
    assertThat(place(take("far", ""))).contains("&spread=0.000");
    assertThat(phone.get(FAR + "&asked=1").body()).contains("data-look");
  }

  @Test
  void whoOnlyLeavesAStepOpenIsLoggedOutInTheEnd() throws Exception {
    phone.login(Role.INSTALLER, "7002");
    for (int minutes = 0; minutes < 30; minutes += 5) {
      assertThat(phone.get("/commission/gap-1/now").statusCode()).isEqualTo(200);
      cabinet.passes(Duration.ofMinutes(5));
    }
    assertThat(phone.get("/commission/gap-1/now").statusCode()).isEqualTo(401);
  }

  @Test
  void whatWaversIsNotTaken() throws Exception {
    phone.login(Role.INSTALLER, "7002");
    workshop.sees(1.19, 1.18, 1.2, 1.181, 1.16);
    var told = take("far", "");
    assertThat(told.statusCode()).isEqualTo(200);
    assertThat(told.body()).contains("读数相差 4 cm").doesNotContain("name=\"far\" value");
  }

  @Test
  void whoAnswersTwiceInFiveTimesIsNotTaken() throws Exception {
    phone.login(Role.INSTALLER, "7002");
    workshop.sees(1.19, 1.19);
    assertThat(take("far", "").body()).contains("现在没有有效的距离读数");
  }

  @Test
  void ofOneThatSpeaksWhenItLikesOnlyWhatItSaidSinceTheStepWasOpened() throws Exception {
    var opened = place(phone.get(FAR));
    assertThat(take("far", asked(opened)).body()).contains("还没有新读数");
    street.says(
        "gap-1", "distance", new Value.Num(1.17), Quality.GOOD, Street.ago(-1), Street.ago(-1));
    var near = place(take("far", asked(opened)));
    assertThat(near).contains("&far=1.170");
    // What served for the floor does not serve for the nearer thing.
    var again = phone.get(near.replace("step=near", "step=walk") + "&take=near&near=50");
    assertThat(again.body()).contains("还没有新读数");
  }

  @Test
  void nobodyButAnInstallerHasASensorAsked() throws Exception {
    workshop.sees(1.19);
    assertThat(phone.get("/commission/gap-1/now").statusCode()).isEqualTo(401);
    phone.login(Role.CREW, "4711");
    assertThat(phone.get("/commission/gap-1/now").statusCode()).isEqualTo(403);
    phone.login(Role.INSTALLER, "7002");
    assertThat(phone.get("/commission/gap-1/now").body()).isEqualTo("1,190 mm");
    assertThat(phone.get("/commission/lamp-1/now").statusCode()).isEqualTo(404);
  }

  @Test
  void whatWasFoundIsKeptAndToldWithItsScatter() throws Exception {
    phone.login(Role.INSTALLER, "7002");
    workshop.sees(1.19, 1.19, 1.19);
    var near = place(take("far", ""));
    workshop.sees(.51, .51, .516);
    var walk = place(phone.get(near.replace("step=near", "step=walk") + "&take=near&near=50"));
    var fields = walk.substring(walk.indexOf('?') + 1).split("[&=]");
    var sent = new ArrayList<>(List.of("token", phone.token()));
    sent.addAll(List.of(fields));
    assertThat(phone.post("/commission/gap-1", sent.toArray(String[]::new)).statusCode())
        .isEqualTo(303);
    assertThat(workshop.done())
        .hasSize(2)
        .anyMatch(told -> told.contains("empty=119.0cm, full=31.6cm"))
        .anyMatch(told -> told.contains("scale=0.9714") && told.contains("spread=0.006m"));
  }

  private HttpResponse<String> take(String which, String asked) throws Exception {
    return phone.get(FAR.replace("step=far", "step=near") + "&take=" + which + asked);
  }

  private static String asked(String place) {
    var hit = ASKED.matcher(place);
    assertThat(hit.find()).as(place).isTrue();
    return "&" + hit.group();
  }

  private static String place(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    var place = answer.headers().firstValue("Location").orElseThrow();
    return place.replaceFirst("^https?://[^/]+", "");
  }
}
