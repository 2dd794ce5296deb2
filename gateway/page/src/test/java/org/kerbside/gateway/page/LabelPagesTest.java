package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kerbside.gateway.model.Origin;

/** The label on the page: with a secret on it, and so not for everybody. */
@Timeout(30)
class LabelPagesTest {

  private static final String KEY = "7K4Q-M2XD-9TPW";

  @Test
  void whoFitsTheCabinetOutSeesItAndNobodyElse() throws Exception {
    try (var server = served(new AccessPoint("KERBSIDE-0173", KEY, "10.73.1.1"));
        var phone = new Phone(server)) {
      for (var path : new String[] {"/label", "/label.svg"}) {
        assertThat(phone.get(path).statusCode()).isEqualTo(401);
        assertThat(phone.get(path).body())
            .doesNotContain(KEY)
            .contains("name=\"to\" value=\"/label");
      }
      phone.login(Role.CREW, "4711");
      assertThat(phone.get("/label").statusCode()).isEqualTo(403);
      assertThat(phone.get("/label.svg").body()).doesNotContain(KEY);
      phone.login(Role.INSTALLER, "4712");
      assertThat(phone.get("/label").body())
          .contains(KEY, "KERBSIDE-0173", "http://10.73.1.1/", "CD-QY-0173", "12345", "<svg");
      var file = phone.get("/label.svg");
      assertThat(file.headers().firstValue("Content-Type")).hasValue("image/svg+xml");
      assertThat(file.headers().firstValue("Content-Disposition").orElse(""))
          .contains("attachment");
      assertThat(file.body()).startsWith("<svg").contains(KEY);
      assertThat(phone.get("/gateway").body()).contains("href=\"/label\"").doesNotContain(KEY);
    }
  }

  @Test
  void whereTheSiteNamesNoAccessPointItSaysHowTo() throws Exception {
    try (var server = served(null);
        var phone = new Phone(server)) {
      phone.login(Role.INSTALLER, "4712");
      assertThat(phone.get("/label").body()).contains("access: { wifi:").doesNotContain("<figure");
      assertThat(phone.get("/label.svg").statusCode()).isEqualTo(404);
    }
  }

  private static PageServer served(@Nullable AccessPoint point) throws PageException {
    var server =
        Pages.of(Street.demo())
            .settings(new PageSettings(Language.ZH, "12345", Origin.FIELD, point))
            .access(new Cabinet().access())
            .server();
    server.start();
    return server;
  }
}
