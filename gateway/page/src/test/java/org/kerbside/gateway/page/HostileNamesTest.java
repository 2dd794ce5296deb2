package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Chronicle;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Machine;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Severity;
import org.kerbside.gateway.model.UplinkView;
import org.kerbside.gateway.model.Value;

/**
 * Whatever a name, a reason or a foreign text says, it is text: every screen has the same elements
 * with the same attributes as if the word were a harmless one.
 */
@Timeout(60)
class HostileNamesTest {

  private static final List<String> HOSTILE =
      List.of(
          "<script>pwn()</script>",
          "</title></style></main><img src=x onerror=pwn()>",
          "\" onfocus=pwn() autofocus x=\"",
          "' onfocus=pwn() autofocus x='",
          "--><svg onload=pwn()>",
          "${7*7}#{7*7}@if(true)$unsafe{x}",
          "{0} {1} ''",
          "javascript:pwn()",
          "&lt;script&gt;&#60;b>&",
          "\u202e\u0000\u0007`\\");

  static final List<String> WORDS =
      List.of(String.join(" ", HOSTILE), "\" onfocus=pwn() x=\"", "{0} {1} ''");

  /** A start tag as it is sent: its name, and its attributes' names with values well quoted. */
  private static final Pattern TAG =
      Pattern.compile("<(/?[a-zA-Z][a-zA-Z0-9]*)((?:\\s+[a-zA-Z-]+(?:=\"[^\"]*\")?)*)\\s*/?>");

  private static final Pattern ATTRIBUTE = Pattern.compile("([a-zA-Z-]+)(?:=\"([^\"]*)\")?");
  private static final Pattern STYLE = Pattern.compile("<style>.*?</style>", Pattern.DOTALL);

  @Test
  void noNameReasonOrForeignTextIsEverMarkup() throws Exception {
    for (var role : new Role[] {Role.VIEWER, Role.CREW}) {
      var harmless = screens("a word, no more!", role);
      assertThat(harmless.values().stream().mapToInt(html -> skeleton(html).size()).sum())
          .isGreaterThan(2_000);
      for (var word : role == Role.CREW ? WORDS : WORDS.subList(0, 1)) {
        var hostile = screens(word, role);
        assertThat(hostile.keySet()).isEqualTo(harmless.keySet());
        hostile.forEach(
            (screen, html) ->
                assertThat(skeleton(html))
                    .as("%s, as %s, with %s", screen, role, word)
                    .isEqualTo(skeleton(harmless.getOrDefault(screen, ""))));
      }
    }
  }

  @Test
  void noLinkLeadsToAScript() throws Exception {
    for (var html : screens("javascript:pwn()", Role.CREW).values()) {
      assertThat(html).doesNotContainPattern("(href|src|action)=\"\\s*javascript:");
    }
  }

  /** Tags and the names of their attributes, in order. */
  private static List<String> skeleton(String html) {
    var tags = new ArrayList<String>();
    for (var tag : TAG.matcher(STYLE.matcher(html).replaceAll("")).results().toList()) {
      var names = new StringBuilder(tag.group(1));
      for (var attribute : ATTRIBUTE.matcher(tag.group(2)).results().toList()) {
        names.append(' ').append(attribute.group(1));
      }
      tags.add(names.toString());
    }
    return tags;
  }

  /** Every screen, by its address with that word taken out. */
  private static Map<String, String> screens(String word, Role role) throws Exception {
    var street = street(word);
    var screens = new LinkedHashMap<String, String>();
    try (var server = server(street, word);
        var phone = phone(server, role)) {
      for (var path : paths(word)) {
        var answer = phone.get(path);
        screens.put(path.replace(encoded(word), "…") + " " + answer.statusCode(), answer.body());
      }
      var late = phone.post("/do/ack", "of", word, "once", word, "reason", word, word, word);
      screens.put("refused " + late.statusCode(), late.body());
      var wrong = phone.post("/login", "worker", word, "code", word, "to", word, "kept", word);
      screens.put("wrong " + wrong.statusCode(), wrong.body());
    }
    return screens;
  }

  private static Phone phone(PageServer server, Role role) throws Exception {
    server.start();
    var phone = new Phone(server);
    if (role != Role.VIEWER) {
      phone.login(role, "4711");
    }
    return phone;
  }

  private static List<String> paths(String word) {
    var id = encoded(word);
    var paths = new LinkedHashSet<String>();
    for (var path : List.of("/", "/alarms", "/work", "/gateway", "/kiosk", "/public", "/login")) {
      paths.add(path);
      paths.add(path + "?lang=en");
    }
    for (var show : List.of("acked", "shelved", "week", id)) {
      paths.add("/alarms?show=" + show);
    }
    paths.add("/a/odd");
    paths.add("/a/odd?point=" + id + "&span=" + id);
    paths.add("/?told=" + id + "&still=" + id + "&lang=" + id);
    paths.add("/login?to=" + id);
    for (var deed : Deed.values()) {
      paths.add("/do/" + deed.word() + "?of=odd");
      paths.add("/do/" + deed.word() + "?of=odd/rule-1");
      paths.add("/do/" + deed.word() + "?of=lamp-1/on");
    }
    for (var step : Commission.Step.values()) {
      paths.add("/commission/odd?step=" + step.word() + "&height=" + id + "&far=" + id);
    }
    return List.copyOf(paths);
  }

  static Street street(String word) {
    var street = Street.troubled();
    street.addGeneric("odd", word, Street.number(word, "/", 1e9), Street.flag("q"));
    street.addBus(word);
    street.says("odd", word, new Value.Num(.5));
    for (int i = 1; i <= 3; i++) {
      var rule = "rule-" + i;
      street.alarm("odd", rule, Severity.ALARM, i, Map.of("zh-CN", word, "en", word));
    }
    var act = act(word);
    street.care("odd/rule-2", Alarm.Care.NONE.acknowledged(act));
    street.care("odd/rule-3", Alarm.Care.NONE.shelved(act));
    street.work("odd", act);
    street.manual("lamp-1", "on", 20);
    street.uplink(UplinkView.State.DOWN, 7, word);
    return street;
  }

  private static Act act(String word) {
    return new Act(Issuer.CREW, "crew:" + word, word, Street.ago(1), later());
  }

  private static Moment later() {
    return Street.NOON.plus(Duration.ofMinutes(30));
  }

  static PageServer server(Street street, String word) {
    return Pages.of(street)
        .chronicle(() -> pages(street, word))
        .machine(machine(word))
        .crew(new Crew(street))
        .settings(
            new PageSettings(
                Language.ZH,
                word,
                PageSettings.DEFAULTS.origin(),
                new AccessPoint(word, word, "10.73.1.1")))
        .access(new Cabinet().access())
        .server();
  }

  private static Chronicle.Pages pages(Street street, String word) {
    var events = new ArrayList<Event>();
    for (var alarm : street.overview().alarms()) {
      for (var change : Event.AlarmChanged.Change.values()) {
        events.add(
            new Event.AlarmChanged(alarm.since(), change, alarm, act(word), List.of(word), 0));
      }
    }
    events.add(new Event.Audit(Street.ago(5), word, "odd", act(word)));
    events.add(new Event.Audit(Street.ago(6), "emptied", "odd", act(word)));
    var set = new LinkedHashMap<>(Map.of("at", word));
    events.add(new Event.Commission(Street.ago(7), "bound", "odd", set, set, word));
    return new Chronicle.Pages(Street.ago(600), events);
  }

  private static Machine machine(String word) {
    return new Machine() {
      @Override
      public Facts facts() {
        return new Facts(
            word,
            1,
            1,
            2,
            null,
            List.of(new Bus(word, word, 2, 1)),
            List.of(new Sink(word, 1, 1, word)));
      }

      @Override
      public List<Fitting> fittings(String asset) {
        return List.of(new Fitting(word, word, Instant.EPOCH, word));
      }
    };
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
