package org.kerbside.drivers.mqtt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;
import org.kerbside.config.Text;
import org.kerbside.drivers.mqtt.MqttProfile.Source;
import org.kerbside.drivers.mqtt.Template.Naming;
import org.kerbside.drivers.picks.Dating;
import org.kerbside.drivers.picks.JsonLayout;
import org.kerbside.drivers.picks.Pick;
import org.kerbside.drivers.picks.PickReader;
import org.kerbside.drivers.picks.Pointer;

/** Reads a profile: one topic for each point, or one message for many, or both. */
final class ProfileReader {

  private static final List<String> FORMATS = List.of("json", "senml", "plain");

  private final Section own;
  private final Mistakes mistakes;
  private final PickReader picker;
  private final Map<String, Output> outputs = new HashMap<>();

  ProfileReader(Section own, Mistakes mistakes) {
    this.own = own;
    this.mistakes = mistakes;
    this.picker = new PickReader(own, mistakes);
  }

  /** Null when a mistake was told. */
  @Nullable MqttProfile read(String name) {
    long before = mistakes.errors();
    own.text("profile"); // these two were read by whoever found the file
    own.text("driver");
    own.section("test"); // run by the build
    var points = own.section("points");
    var presence = Presence.read(own.section("presence"), mistakes);
    var sources = points == null ? alone() : together(points);
    own.refuseOthers("an mqtt profile");
    refuseTwice(sources, presence);
    return mistakes.errors() > before ? null : new MqttProfile(name, sources, presence, outputs);
  }

  /** A topic has one meaning: nobody would ever hear the second. */
  private void refuseTwice(List<Source> sources, @Nullable Presence presence) {
    var topics = new ArrayList<>(sources.stream().map(Source::topic).toList());
    if (presence != null) {
      topics.add(presence.topic());
    }
    var met = new HashSet<Template>();
    for (var topic : topics) {
      if (!met.add(topic)) {
        mistakes.add(
            own.mark(),
            "E203",
            "topic '%s' is there twice".formatted(topic),
            "give each plain value, and the presence, a topic of its own");
      }
    }
  }

  /** A profile of one topic: a pack, or the value of the point that the topic names. */
  private List<Source> alone() {
    String format = own.choice("format", FORMATS);
    boolean isPack = "senml".equals(format);
    var topic = own.required("topic", isPack ? "s/{address}" : "field/{address}/{point}");
    var layout = isPack ? new Layout.Senml() : values(format);
    var template =
        topic == null ? null : Template.read(topic, isPack ? Naming.NONE : Naming.POINT, mistakes);
    return template == null || layout == null ? List.of() : List.of(new Source(template, layout));
  }

  private @Nullable Layout values(@Nullable String format) {
    if ("plain".equals(format)) {
      return new Layout.Plain(picker.pick(own, null, Pointer.of()));
    }
    var pointer = picker.value(own);
    var time = picker.time();
    return pointer == null
        ? null
        : json(List.of(picker.pick(own, null, pointer)), time, picker.dating());
  }

  /** Values of many points, each at its pointer in a message that it may share with others. */
  private List<Source> together(Section points) {
    var shared = own.text("topic");
    String format = own.choice("format", List.of("json", "plain"));
    var time = picker.time();
    var dating = picker.dating();
    var picks = new LinkedHashMap<Template, List<Pick>>();
    var sources = new ArrayList<Source>();
    for (var entry : points.entries()) {
      var point = picker.section(entry);
      var template = point == null ? null : template(entry.key(), point, shared);
      if (point == null || template == null) {
        continue;
      }
      String ownFormat = point.choice("format", List.of("json", "plain"));
      if ("plain".equals(ownFormat == null ? format : ownFormat)) {
        var pick = picker.pick(point, entry.key().text(), Pointer.of());
        sources.add(new Source(template, new Layout.Plain(pick)));
        output(point, pick);
      } else {
        var pointer = picker.value(point);
        var pick = picker.pick(point, entry.key().text(), pointer == null ? Pointer.of() : pointer);
        picks.computeIfAbsent(template, _ -> new ArrayList<>()).add(pick);
        output(point, pick);
      }
      point.refuseOthers("'%s'".formatted(entry.key()));
    }
    picks.forEach((template, own) -> sources.add(new Source(template, json(own, time, dating))));
    return sources;
  }

  private void output(Section point, Pick pick) {
    var output = Output.read(point.section("write"), pick, mistakes);
    if (output != null && pick.point() != null) {
      outputs.put(pick.point(), output);
    }
  }

  private static Layout json(List<Pick> picks, @Nullable Pointer time, Dating dating) {
    return new Layout.Json(new JsonLayout(picks, time, dating));
  }

  private @Nullable Template template(Text point, Section section, @Nullable Text shared) {
    var written = section.has("topic") ? section.text("topic") : shared;
    if (written == null) {
      mistakes.add(point.mark(), "E001", "'topic' is missing", "add topic: dev/{address}/state");
      return null;
    }
    return Template.read(written, Naming.NONE, mistakes);
  }
}
