package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.DataState;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Owner;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Severity;
import org.kerbside.gateway.model.UplinkView;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.page.Part.Badge;
import org.kerbside.gateway.page.Part.Bar;
import org.kerbside.gateway.page.Part.Card;
import org.kerbside.gateway.page.Part.Figure;
import org.kerbside.gateway.page.Part.Heading;
import org.kerbside.gateway.page.Part.Link;
import org.kerbside.gateway.page.Part.Task;
import org.kerbside.gateway.page.Part.Todo;
import org.kerbside.gateway.page.Part.Trust;

class SceneTest {

  private static final Words ZH = new Words(Language.ZH);
  private static final Words EN = new Words(Language.EN);

  @Test
  void aStreetThatIsWellAsksForNothing() {
    var screen = draw(Street.demo(), ZH);
    assertThat(todo(screen).title()).isEqualTo("无需处理");
    assertThat(todo(screen).tasks()).isEmpty();
    assertThat(headings(screen))
        .containsExactly(
            new Heading("g-wc-1", "公厕", "5/6 空闲"),
            new Heading("g-bins", "垃圾桶", ""),
            new Heading("g-lamps", "路灯", "2 亮 · 6 灭"),
            new Heading("g-irrigation", "灌溉", ""));
  }

  @Test
  void whatMustBeDoneStandsGravestFirst() {
    var screen = draw(Street.troubled(), ZH);
    assertThat(todo(screen).title()).isEqualTo("需要处理 (5)");
    assertThat(todo(screen).tasks())
        .extracting(task -> task.badge().word() + " " + task.text() + " | " + task.since())
        .containsExactly(
            "紧急 总阀 疑似爆管 48 L/min | 14:29 起 · 3 分钟",
            "告警 垃圾桶 2 满溢 96% | 14:06 起 · 26 分钟",
            "注意 男 2 占用超时 22 分钟 | 14:10 起 · 22 分钟",
            "离线 路灯 5 | 末次 09:14",
            "数据过期 2 区 | 末次 12:31");
  }

  @Test
  void speaksEnglishWhollyWhenAsked() {
    var screen = draw(Street.troubled(), EN);
    assertThat(todo(screen).title()).isEqualTo("Needs action (5)");
    assertThat(todo(screen).tasks())
        .extracting(Task::since)
        .containsExactly(
            "Since 14:29 · 3 min",
            "Since 14:06 · 26 min",
            "Since 14:10 · 22 min",
            "last 09:14",
            "last 12:31");
    assertThat(screen.foot().waiting()).isEqualTo("1,240 waiting");
    assertThat(screen.foot().trouble()).startsWith("connection refused");
  }

  /** Nobody listens, or the broker refuses a new certificate. */
  @Test
  void whatIsWrongWithALinkThatStandsIsSaidToo() {
    var street = Street.demo();
    street.uplink(UplinkView.State.CONNECTED, 0, "nobody listens");
    assertThat(draw(street, ZH).foot().trouble()).isEqualTo("nobody listens");
  }

  @Test
  void aPasserBySeesNoTroubleOfOursAndNoWayToAnywhere() {
    var stage = Stage.of(Street.troubled(), ZH, Reader.VIEWER, "12345");
    var screen = PublicScene.draw(stage);
    assertThat(screen.nav().tabs()).isEmpty();
    assertThat(screen.foot())
        .isEqualTo(new Part.Foot("", Badge.NONE, "", "", ZH.say("help.line", "12345")));
  }

  @Test
  void anAlarmOfASilentDeviceIsOneRowThatSaysBoth() {
    var street = Street.demo();
    street.alarm("lamp-5", "lamp-out", Severity.ALARM, 5, Map.of("zh-CN", "不亮"));
    street.falls("lamp-5", "lit", Reason.SILENT, Street.ago(9));
    assertThat(todo(draw(street, ZH)).tasks())
        .containsExactly(
            new Task(
                new Badge("c-alarm", "octagon", "告警"),
                "路灯 5 · 不亮",
                "14:27 起 · 5 分钟",
                List.of(new Badge("d-silent", "unplugged", "离线")),
                "/a/lamp-5",
                new Link("确认", "/do/ack?of=lamp-5%2Flamp-out", "")));
    assertThat(card(street, "lamp-5").look()).isEqualTo("c-alarm d-silent");
  }

  @Test
  void aSilentBusIsOneRowAndNotOneForEachOfItsDevices() {
    var street = Street.demo();
    street.addBus("field");
    for (int i = 1; i <= 8; i++) {
      street.falls("lamp-" + i, "lit", Reason.SILENT, Street.ago(9));
      street.alarm("lamp-" + i, "device-silent", Severity.WARNING, 5, Map.of("en", "silent"));
      street.care("lamp-" + i + "/device-silent", new Alarm.Care(null, null, "field/bus-down"));
    }
    street.alarm("field", "bus-down", Severity.ALARM, 5, Map.of("zh-CN", "总线 field 无响应"));
    assertThat(todo(draw(street, ZH)).tasks())
        .singleElement()
        .satisfies(
            task -> {
              assertThat(task.text()).isEqualTo("总线 field 无响应");
              assertThat(task.notes()).extracting(Badge::word).containsExactly("另有 8 项由此引起");
            });
  }

  @Test
  void anAlarmWithoutWordsIsShownByItsRule() {
    var street = Street.demo();
    street.alarm("lamp-5", "lamp-out", Severity.ALARM, 5, Map.of());
    street.alarm("unheard-of", "odd", Severity.WARNING, 5, Map.of("en", "odd"));
    assertThat(todo(draw(street, ZH)).tasks())
        .extracting(Task::text)
        .containsExactly("路灯 5 · lamp-out", "unheard-of · odd");
  }

  @Test
  void whatPeopleMadeOfAnAlarmIsShownWithWhoDidIt() {
    var street = Street.demo();
    street.alarm("lamp-5", "lamp-out", Severity.WARNING, 5, Map.of("en", "dark"));
    street.care("lamp-5/lamp-out", new Alarm.Care(null, Street.act(60), null));
    street.alarm("bin-1", "bin-full", Severity.WARNING, 5, Map.of("en", "full"));
    street.care("bin-1/bin-full", new Alarm.Care(Street.act(0), null, null));
    street.alarm("bin-2", "bin-full", Severity.ALARM, 5, Map.of("en", "full"));
    street.care("bin-2/bin-full", new Alarm.Care(null, null, "bin-1/bin-full"));
    assertThat(todo(draw(street, EN)).tasks())
        .extracting(task -> task.notes().stream().map(Badge::word).toList())
        .as("what is explained has no row, what is shelved the last")
        .containsExactly(
            List.of("Acknowledged by crew:4711", "explains 1"),
            List.of("Shelved · crew:4711 · until 15:32"));
    assertThat(card(street, "lamp-5").look()).doesNotContain("c-");
  }

  @Test
  void anOutputThatDoesNotObeyIsShownWithItsOwner() {
    var street = Street.demo();
    street.owner(
        "zone-1",
        "valve",
        new Owner(Issuer.PROGRAMME, "drip", new Value.Num(1), null, "no answer"));
    assertThat(card(street, "zone-1").notes())
        .contains(new Badge("o-trouble", "cross", "阀门 · 未执行 drip 的指令"));
    street.owner("zone-1", "valve", new Owner(Issuer.PROGRAMME, "drip", new Value.Num(1), null));
    assertThat(card(street, "zone-1").notes()).isEmpty();
  }

  @Test
  void whoWorksOnAnAssetIsShown() {
    var street = Street.demo();
    street.work("bin-1", 30);
    var card = card(street, "bin-1");
    assertThat(card.look()).contains("m-maintenance");
    assertThat(card.notes())
        .contains(new Badge("m-maintenance", "wrench", "维护中 · crew:4711 · 至 15:02"));
  }

  @Test
  void aLongListIsCutAndSaysSo() {
    var street = Street.demo();
    for (int i = 0; i < 25; i++) {
      street.alarm("bin-1", "rule-" + i, Severity.WARNING, i, Map.of());
    }
    var todo = todo(draw(street, ZH));
    assertThat(todo.title()).isEqualTo("需要处理 (25)");
    assertThat(todo.tasks()).hasSize(20);
    assertThat(todo.more()).isEqualTo("还有 5 项");
  }

  /** Every state of data under every condition: only what is known is ever green, lit or long. */
  @TestFactory
  Stream<DynamicTest> whatIsNotKnownNeverLooksGood() {
    return Stream.of(DataState.values())
        .flatMap(
            data ->
                Stream.of(Severity.values())
                    .map(
                        severity ->
                            DynamicTest.dynamicTest(
                                data + " " + severity, () -> check(data, severity))));
  }

  private static void check(DataState data, Severity severity) {
    var street = Street.empty();
    for (var kind : Street.SHOWN.entrySet()) {
      street.add(kind.getKey(), kind.getValue(), kind.getKey(), null);
      street.alarm(kind.getKey(), "any", severity, 1, Map.of());
    }
    street.is(data, "stall", "occupied", Value.Flag.FALSE);
    street.is(data, "lamp", "lit", Value.Flag.TRUE);
    street.is(data, "bin", "fill", new Value.Num(.1));
    var isKnown = data == DataState.GOOD || data == DataState.UNCERTAIN;
    for (var kind : Street.SHOWN.keySet()) {
      var card = card(street, kind);
      assertThat(card.look().split(" ")).contains("c-" + severity.word());
      assertThat(card.condition().word()).isNotEmpty();
      assertThat(card.figures().getFirst().trust()).isEqualTo(trust(data));
      assertThat(card.figures().getFirst().text().equals("–"))
          .isEqualTo(trust(data) == Trust.UNKNOWN);
      assertThat(card.notes().isEmpty()).isEqualTo(data == DataState.GOOD);
    }
    assertThat(card(street, "stall").look().contains("free")).isEqualTo(isKnown);
    assertThat(card(street, "lamp").look().contains("lit")).isEqualTo(isKnown);
    assertThat(card(street, "bin").bar())
        .isEqualTo(isKnown ? new Bar.Level(10) : new Bar.Unknown());
    assertThat(headings(draw(street, EN)))
        .extracting(Heading::summary)
        .contains(isKnown ? "1/1 free" : "0/1 free · 1 unknown")
        .contains(isKnown ? "1 on · 0 off" : "0 on · 0 off · 1 unknown");
  }

  private static Trust trust(DataState data) {
    return switch (data) {
      case GOOD -> Trust.PLAIN;
      case UNCERTAIN -> Trust.DOUBTED;
      case STALE -> Trust.STRUCK;
      case BAD, SILENT, NEVER -> Trust.UNKNOWN;
    };
  }

  @Test
  void aValueTurnsStaleAfterThreeIntervalsOfSilence() {
    var street = Street.demo();
    street.passes(Duration.ofMinutes(45).minusSeconds(1));
    assertThat(card(street, "bin-1").figures().getFirst().trust()).isEqualTo(Trust.PLAIN);
    street.passes(Duration.ofSeconds(1));
    assertThat(card(street, "bin-1").figures())
        .containsExactly(new Figure("", "34%", Trust.STRUCK));
    assertThat(card(street, "bin-1").notes())
        .containsExactly(new Badge("d-stale", "clock", "数据过期 · 末次 14:32"));
    assertThat(card(street, "bin-1").ages()).containsExactly("数据 45 分钟前", "变化 47 分钟前");
  }

  @Test
  void saysWhyAValueIsDoubtedOrAbsent() {
    var street = Street.demo();
    street.says(
        "bin-1",
        "fill",
        new Value.Num(.9),
        new Quality.Uncertain(Reason.CONDENSATION),
        Street.ago(1),
        Street.ago(1));
    street.falls("bin-2", "fill", Reason.NO_ECHO, Street.ago(1));
    street.falls("air-1", "humidity", new Reason("radar silent"), Street.ago(1));
    assertThat(card(street, "bin-1").notes().getFirst().word()).isEqualTo("存疑 · 结露");
    assertThat(card(street, "bin-2").notes().getFirst().word()).isEqualTo("无效 · 无回波");
    assertThat(card(street, "air-1").notes().getFirst().word()).isEqualTo("湿度 · 无效 · radar silent");
  }

  @Test
  void showsWhoeverHoldsAnOutputByHandAndUntilWhen() {
    var street = Street.demo();
    street.manual("zone-1", "valve", 30);
    assertThat(card(street, "zone-1").notes())
        .containsExactly(new Badge("m-manual", "hand", "手动 · 至 15:02"));
  }

  @Test
  void irrigationIsToldInLitresAMinute() {
    assertThat(card(Street.demo(), "zone-1").figures())
        .containsExactly(
            new Figure("流量", "12.4 L/min", Trust.PLAIN), new Figure("阀门", "开", Trust.PLAIN));
  }

  @Test
  void aGenericAssetShowsItsOwnPointsByTheirNames() {
    var street = Street.empty();
    street.addGeneric("a1", "泵房", Street.number("temperature", "Cel", 60), Street.flag("p9"));
    street.says("a1", "temperature", new Value.Num(4.25));
    street.says("a1", "p9", Value.Flag.TRUE);
    assertThat(headings(draw(street, ZH))).containsExactly(new Heading("g-others", "其他", ""));
    assertThat(card(street, "a1").figures())
        .containsExactly(
            new Figure("温度", "4.3 °C", Trust.PLAIN), new Figure("p9", "是", Trust.PLAIN));
  }

  @Test
  void anAssetWithoutPointsHasNoCard() {
    var street = Street.empty();
    street.addGeneric("a1", "泵房");
    assertThat(draw(street, ZH).groups()).isEmpty();
  }

  @Test
  void aCabinetHasACardOnceItIsHeard() {
    var street = Street.empty();
    street.addCabinet(Street.flag("door"));
    assertThat(draw(street, ZH).groups()).isEmpty();
    street.says("cabinet", "door", Value.Flag.FALSE);
    assertThat(card(street, "cabinet").figures())
        .containsExactly(new Figure("门", "否", Trust.PLAIN));
  }

  @Test
  void onlyWhatChangedIsSentAgain() {
    var street = Street.demo();
    var before = draw(street, ZH);
    street.says("bin-1", "fill", new Value.Num(.41));
    assertThat(draw(street, ZH).since(before))
        .isEqualTo(new Screen.Change.Parts(List.of(card(street, "bin-1"))));
    street.uplink(UplinkView.State.CONNECTED, 1, null);
    street.says("bin-1", "fill", new Value.Num(.34));
    assertThat(draw(street, ZH).since(before))
        .isEqualTo(new Screen.Change.Parts(List.of(draw(street, ZH).foot())));
    street.addGeneric("a1", "泵房", Street.flag("p9"));
    assertThat(draw(street, ZH).since(before)).isEqualTo(new Screen.Change.Whole());
  }

  private static Screen draw(Street street, Words words) {
    return Scene.draw(Stage.of(street, words, Reader.CREW, "12345"));
  }

  private static Todo todo(Screen screen) {
    return (Todo) screen.lead().getFirst();
  }

  private static List<Heading> headings(Screen screen) {
    return screen.groups().stream().map(Screen.Group::heading).toList();
  }

  private static Card card(Street street, String asset) {
    return draw(street, ZH).groups().stream()
        .flatMap(group -> group.cards().stream())
        .filter(card -> card.id().equals("a-" + asset))
        .findFirst()
        .orElseThrow();
  }
}
