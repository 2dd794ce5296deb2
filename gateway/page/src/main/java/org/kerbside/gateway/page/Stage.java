package org.kerbside.gateway.page;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Overview;
import org.kerbside.gateway.model.Site;
import org.kerbside.gateway.model.SiteView;
import org.kerbside.gateway.model.UplinkView;
import org.kerbside.gateway.page.Part.Badge;
import org.kerbside.gateway.page.Part.Foot;
import org.kerbside.gateway.page.Part.Nav;
import org.kerbside.gateway.page.Part.Place;
import org.kerbside.gateway.page.Part.Tab;

/**
 * What every screen is drawn from: the site now, in one language, for one kind of reader.
 *
 * @param hotline the number at every foot
 * @param standings how each asset stands, by its id
 */
record Stage(
    Site site,
    Overview overview,
    UplinkView uplink,
    Words words,
    Reader reader,
    String hotline,
    SequencedMap<String, Standing> standings) {

  static Stage of(SiteView view, Words words, Reader reader, String hotline) {
    var overview = view.overview();
    var standings = new LinkedHashMap<String, Standing>();
    for (var asset : overview.assets()) {
      standings.put(asset.id(), Standing.of(asset, overview));
    }
    return new Stage(
        view.site(),
        overview,
        view.uplink(),
        words,
        reader,
        hotline,
        Collections.unmodifiableSequencedMap(standings));
  }

  /** Whether he may see the past of an asset; of one that the site has no more, crews alone. */
  boolean seesPast(String asset) {
    var standing = standings.get(asset);
    return standing == null ? reader == Reader.CREW : reader.seesPast(standing.asset());
  }

  Times times() {
    return new Times(site.zone(), overview.now());
  }

  Cards cards() {
    return new Cards(overview, times(), words, reader);
  }

  Tasks tasks() {
    return new Tasks(this);
  }

  /** Alarms that nobody has seen to yet. */
  List<Alarm> unacknowledged() {
    return overview.alarms().stream()
        .filter(alarm -> alarm.care().acknowledged() == null)
        .filter(alarm -> alarm.care().shelved() == null && alarm.care().cause() == null)
        .toList();
  }

  Screen screen(
      String look, String title, List<Part> lead, List<Screen.Group> groups, Route.Tab tab) {
    return new Screen(look, title, lead, groups, nav(tab), foot());
  }

  /** With no way to anywhere else, and without what is ours to mend. */
  Screen shut(String look, List<Part> lead) {
    var help = new Foot("", Badge.NONE, "", "", words.say("help.line", hotline));
    return new Screen(look, "", lead, List.of(), new Nav(List.of()), help);
  }

  private Nav nav(Route.Tab current) {
    return new Nav(List.of(Route.Tab.values()).stream().map(tab -> tab(tab, current)).toList());
  }

  private Tab tab(Route.Tab tab, Route.Tab current) {
    int alarms = tab == Route.Tab.ALARMS ? unacknowledged().size() : 0;
    return new Tab(
        words.say("nav." + tab.word()),
        tab.path(),
        tab.icon(),
        alarms == 0 ? "" : "(" + Numbers.count(alarms) + ")",
        tab == current ? Place.HERE : Place.ELSEWHERE);
  }

  Foot foot() {
    var badge =
        switch (uplink.state()) {
          case CONNECTED -> new Badge("u-ok", "check", words.say("uplink.ok"));
          case CONNECTING -> new Badge("u-connecting", "clock", words.say("uplink.connecting"));
          case DOWN -> new Badge("u-down", "unplugged", words.say("uplink.down"));
        };
    var trouble = uplink.trouble() == null ? "" : uplink.trouble();
    return new Foot(
        words.say("uplink.title"),
        badge,
        words.say("uplink.queued", Numbers.count(uplink.waiting())),
        trouble,
        words.say("help.line", hotline));
  }
}
