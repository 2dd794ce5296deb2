package org.kerbside.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.config.Mistake;
import org.kerbside.config.Mistakes;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.gateway.app.flow.Integrations;
import org.kerbside.gateway.app.flow.Integrations.Standing;
import org.kerbside.gateway.app.wiring.Plan;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;

/** Sinks beside the city: what they get, and that nobody waits for them. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IntegrationsTest {

  private static final Path EXAMPLES = GatewayProcess.home().resolve("config/sites/integrations");

  private static final String ALARM =
      """
      {"kind":"alarm","change":"raised","severity":"alarm","text":{"en":"bin \\"1\\" full","zh-CN":"垃圾桶 \\"1\\" 满"}}""";

  private static final String TO_LOG =
      """
      - from:
          uri: kerbside:events
          steps:
            - to:
                uri: file:%s
                parameters: { fileName: events.jsonl, fileExist: Append, appendChars: '\\n' }
      """;

  @TempDir private Path folder = Path.of("");
  private final List<String> posted = Collections.synchronizedList(new ArrayList<>());
  private final List<String> headers = Collections.synchronizedList(new ArrayList<>());
  private final Mistakes mistakes = new Mistakes();
  private HttpServer webhook = HttpServer.create();
  private @Nullable Integrations running;
  private volatile int status = 200;

  IntegrationsTest() throws IOException {}

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(folder.resolve("integrations"));
    Files.createDirectories(folder.resolve("secrets"));
    webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    webhook.createContext(
        "/",
        request -> {
          request.getRequestHeaders().keySet().forEach(headers::add);
          var body = new String(request.getRequestBody().readAllBytes(), UTF_8);
          posted.add(request.getRequestURI() + " " + body);
          request.getResponseHeaders().add("cAmelFileName", "elsewhere.txt");
          request.sendResponseHeaders(status, -1);
          request.close();
        });
    webhook.start();
  }

  @AfterEach
  void close() {
    if (running != null) {
      running.close();
    }
    webhook.stop(0);
  }

  @Test
  void theExampleTellsAGroupOfAlarmsAndOfNothingElse() throws Exception {
    var written = Files.readString(EXAMPLES.resolve("wecom.camel.yaml"));
    write("wecom", written.replace("https://qyapi.weixin.qq.com", url()));
    Files.writeString(folder.resolve("secrets/wecom-key"), "k&=1\n");
    run(ALARM.replace("raised", "cleared"), ALARM);
    Await.until("both", () -> standing("wecom").sent() == 2);
    assertThat(posted)
        .containsExactly(
            "/cgi-bin/webhook/send?key=k%26%3D1 {\"msgtype\":\"text\",\"text\":{\"content\":\"垃圾桶 \\\"1\\\" 满\"}}");
    assertThat(headers)
        .extracting(name -> name.toLowerCase(Locale.ROOT))
        .doesNotContain("kind", "text", "severity")
        .noneMatch(name -> name.startsWith("camel"));
  }

  @Test
  void theExampleLogsEveryEvent() throws Exception {
    var written = Files.readString(EXAMPLES.resolve("log.camel.yaml"));
    write("log", written.replace("{{env:LOGS_DIRECTORY:/var/log/kerbside}}", folder + "/logs"));
    run(ALARM, ALARM);
    Await.until("both", () -> standing("log").sent() == 2);
    try (var logs = Files.list(folder.resolve("logs"))) {
      assertThat(logs.toList())
          .singleElement()
          .satisfies(log -> assertThat(Files.readAllLines(log)).containsExactly(ALARM, ALARM));
    }
  }

  /** What takes for ever and what is not there: each loses its own copies, and nobody waits. */
  @Test
  void aDeadSinkLosesItsOwnCopiesAndDelaysNobody() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      write("silent", to("http://127.0.0.1:%d/".formatted(silent.getLocalPort())));
      write("log", TO_LOG.formatted(folder));
      start(event -> ALARM);
      for (int i = 0; i < 30; i++) {
        accept(10);
        long all = 10L * (i + 1);
        Await.until("the log's", () -> standing("log").sent() == all);
      }
      assertThat(standing("silent").sent()).isZero();
      assertThat(standing("silent").lost()).isBetween(198L, 200L);
      assertThat(standing("silent").trouble()).isEqualTo("it is too slow: 100 events wait");
      assertThat(standing("log").lost()).isZero();
    }
  }

  @Test
  void aSinkThatRefusesIsTriedTwiceAndTakesEventsAgain() throws Exception {
    write("hook", to(url() + "/x?key={{secret:k}}"));
    Files.writeString(folder.resolve("secrets/k"), "hidden");
    status = 500;
    run(ALARM);
    Await.until("it is lost", () -> standing("hook").lost() == 1);
    assertThat(posted).hasSize(2);
    assertThat(standing("hook").trouble()).contains("500").doesNotContain("hidden");
    status = 200;
    accept(1);
    Await.until("the next", () -> standing("hook").sent() == 1);
    assertThat(standing("hook").trouble()).isNull();
  }

  /** CVE-2025-27636: what a webhook answers steers no component behind it. */
  @Test
  void aHeaderOfAnAnswerSteersNothing() throws Exception {
    write(
        "hook",
        to(url() + "/x") + "      - to: \"file:%s/out?fileName=here.txt\"\n".formatted(folder));
    run(ALARM);
    Await.until("it is sent", () -> standing("hook").sent() == 1);
    try (var files = Files.list(folder.resolve("out"))) {
      assertThat(files.map(file -> file.getFileName().toString()).toList())
          .containsExactly("here.txt");
    }
    write("loose", to(url() + "/x") + "      - to: \"file:%s/loose\"\n".formatted(folder));
    running().close();
    run(ALARM);
    Await.until("it is sent", () -> standing("loose").sent() == 1);
    try (var files = Files.list(folder.resolve("loose"))) {
      assertThat(files.map(file -> file.getFileName().toString()).toList())
          .doesNotContain("elsewhere.txt");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "- from: { uri: 'kerbside:events', steps: [ { to: 'http://h/' ] }     | E000 | 1:62 | not YAML",
        "a: b                                                                 | E601 | 1:1  | 0 routes begin with kerbside:events",
        "- from: { uri: 'timer:x', steps: [ { to: 'http://h/' } ] }           | E601 | 1:16 | 'timer' is no beginning",
        "- from: { uri: 'kerbside:events', steps: [ { to: 'htpp://h/' } ] }   | E602 | 1:50 | did you mean 'http'?",
        "- from: { uri: 'kerbside:events', steps: [ { to: 'kafka:e' } ] }     | E602 | 1:50 | put camel-kafka",
        "- from: { uri: 'kerbside:events', steps: [ { to: 'file:/x?charset=UTF-8&fileNam=y' } ] } | E601 | 1:73 | did you mean 'fileName'?",
        "- from: { uri: 'kerbside:events', steps: [ { to: 'http://h/?key=693a91f6' } ] } | E603 | 1:61 | 'key' stands in the open",
        "- from: { uri: 'kerbside:events', steps: [ { to: { uri: 'http://h/', parameters: { authPassword: x } } } ] } | E603 | 1:84 | 'authPassword' stands in the open",
        "- from: { uri: 'kerbside:events', steps: [ { to: 'http://h/?key={{secret:none}}' } ] } | E502 | 1:50 | 'none' is no secret here",
        "- from: { uri: 'kerbside:events', steps: [ { setBdy: { simple: x } } ] } | E601 | 1:46 | Unknown node id: setBdy",
        "- from: { uri: 'kerbside:events', steps: [ { setBody: { simple: '${body.' } } ] } | E601 | 1:65 | Camel refuses the route",
        "- from: { uri: 'kerbside:events', steps: [ { setBody: { groovy: x } } ] } | E601 | 1:57 | groovy",
        "- from: { uri: 'kerbside:events', steps: [ { to: 'paho-mqtt5:e' } ] } | W601 | 1:50 | takes for delivered",
      })
  void tellsWhatIsWrongAndWhere(String routes, String code, String place, String said)
      throws IOException {
    write("bad", routes.strip() + "\n");
    assertThat(plan()).isNotNull();
    var mistake =
        mistakes.all().stream().filter(each -> each.code().equals(code)).findFirst().orElse(null);
    assertThat(mistake).as(mistakes.all().toString()).isNotNull();
    if (mistake != null) {
      assertThat(mistake.toString()).contains(said, "bad.camel.yaml:%s: ".formatted(place));
    }
  }

  @Test
  void aFileThatAnybodyMayWriteIsNoCode() throws IOException {
    write("open", to("http://h/"));
    Files.setPosixFilePermissions(
        folder.resolve("integrations/open.camel.yaml"),
        PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(plan()).isNotNull();
    assertThat(mistakes.all()).extracting(Mistake::code).containsExactly("E601");
    assertThat(mistakes.all().toString()).contains("chmod o-w");
  }

  @Test
  void aBrokenFileKeepsNothingElseFromRunning() throws Exception {
    write("bad", "a: b\n");
    write("log", TO_LOG.formatted(folder));
    run(ALARM);
    Await.until("the log's", () -> standing("log").sent() == 1);
    assertThat(standings()).extracting(Standing::name).containsExactly("log");
    var typed = Typed.of("check", folder.resolve("site.yaml").toString());
    assertThat(typed.exit()).isEqualTo(2);
    assertThat(typed.out()).contains("bad.camel.yaml:1:1: error E601");
  }

  private String url() {
    return "http://127.0.0.1:" + webhook.getAddress().getPort();
  }

  private static String to(String uri) {
    return """
        - from:
            uri: kerbside:events
            steps:
              - to: "%s"
        """
        .formatted(uri);
  }

  private void write(String name, String routes) throws IOException {
    Files.writeString(folder.resolve("integrations/%s.camel.yaml".formatted(name)), routes);
  }

  private @Nullable Plan plan() throws IOException {
    var names = new ArrayList<String>();
    try (var files = Files.list(folder.resolve("integrations"))) {
      files.sorted().forEach(file -> names.add(file.getFileName().toString()));
    }
    var site = folder.resolve("site.yaml");
    Files.writeString(
        site,
        """
        schema: 1
        site: { id: S-1, name: sample, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
        uplink: { url: mqtt://127.0.0.1:1883, tenant: t, accept: [ plaintext, anonymous ] }
        integrations: %s
        """
            .formatted(names));
    return Plan.read(site, List.of(), mistakes);
  }

  /** Each event as that text. */
  private void run(String... events) throws IOException {
    var next = new ArrayList<>(List.of(events));
    start(event -> next.size() > 1 ? next.removeFirst() : next.getFirst());
    accept(events.length);
  }

  private void start(Function<Event, String> rendered) throws IOException {
    var plan = plan();
    if (plan == null) {
      throw new AssertionError(mistakes.all().toString());
    }
    running = new Integrations(plan.integrations(), rendered);
    running.start();
  }

  private void accept(int events) {
    var moment = new Moment(Instant.EPOCH, ClockQuality.SYNC, Duration.ZERO);
    for (int i = 0; i < events; i++) {
      running().accept(List.of(new Event.Health(moment, "test", "s", List.of())));
    }
  }

  private Integrations running() {
    if (running == null) {
      throw new AssertionError("nothing runs");
    }
    return running;
  }

  private List<Standing> standings() {
    return running().standings();
  }

  private Standing standing(String name) {
    return standings().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(mistakes.all().toString()));
  }
}
