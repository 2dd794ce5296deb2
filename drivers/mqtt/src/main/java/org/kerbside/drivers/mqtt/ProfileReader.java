package org.kerbside.drivers.mqtt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Node;
import org.kerbside.config.Section;
import org.kerbside.config.Text;
import org.kerbside.drivers.mqtt.MqttProfile.Source;
import org.kerbside.drivers.mqtt.Template.Naming;

/** Reads a profile: one topic for each point, or one message for many, or both. */
final class ProfileReader {

  private static final List<String> FORMATS = List.of("json", "senml", "plain");
  private static final List<String> TIMES = List.of("s", "ms", "us", "iso");

  private final Section own;
  private final Mistakes mistakes;

  ProfileReader(Section own, Mistakes mistakes) {
    this.own = own;
    this.mistakes = mistakes;
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
    return mistakes.errors() > before ? null : new MqttProfile(name, sources, presence);
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
      return new Layout.Plain(pick(own, null, Pointer.of()));
    }
    var pointer = pointer(own.required("value", "/v"));
    var time = time();
    return pointer == null
        ? null
        : new Layout.Json(List.of(pick(own, null, pointer)), time, dating());
  }

  /** Values of many points, each at its pointer in a message that it may share with others. */
  private List<Source> together(Section points) {
    var shared = own.text("topic");
    String format = own.choice("format", List.of("json", "plain"));
    var time = time();
    var dating = dating();
    var picks = new LinkedHashMap<Template, List<Pick>>();
    var sources = new ArrayList<Source>();
    for (var entry : points.entries()) {
      var point = section(entry);
      var template = point == null ? null : template(entry.key(), point, shared);
      if (point == null || template == null) {
        continue;
      }
      String ownFormat = point.choice("format", List.of("json", "plain"));
      if ("plain".equals(ownFormat == null ? format : ownFormat)) {
        var pick = pick(point, entry.key().text(), Pointer.of());
        sources.add(new Source(template, new Layout.Plain(pick)));
      } else {
        var pointer = pointer(point.required("value", "/v"));
        var pick = pick(point, entry.key().text(), pointer == null ? Pointer.of() : pointer);
        picks.computeIfAbsent(template, _ -> new ArrayList<>()).add(pick);
      }
      point.refuseOthers("'%s'".formatted(entry.key()));
    }
    picks.forEach(
        (template, own) -> sources.add(new Source(template, new Layout.Json(own, time, dating))));
    return sources;
  }

  private @Nullable Template template(Text point, Section section, @Nullable Text shared) {
    var written = section.has("topic") ? section.text("topic") : shared;
    if (written == null) {
      mistakes.add(point.mark(), "E001", "'topic' is missing", "add topic: dev/{address}/state");
      return null;
    }
    return Template.read(written, Naming.NONE, mistakes);
  }

  private @Nullable Section section(Section.Entry entry) {
    if (entry.value() instanceof Node.Mapping(var section)) {
      return section;
    }
    mistakes.add(
        entry.value().mark(),
        "E004",
        "'%s' has the wrong shape".formatted(entry.key()),
        "write a section { value: /v }");
    return null;
  }

  private Pick pick(Section point, @Nullable String name, Pointer pointer) {
    Double scale = point.number("scale");
    return new Pick(name, pointer, point.unit("unit"), scale == null ? 1 : scale, words(point));
  }

  private static Map<String, String> words(Section point) {
    var words = new HashMap<String, String>();
    var section = point.section("words");
    if (section != null) {
      for (var entry : section.entries()) {
        if (entry.value() instanceof Node.Word(var word)) {
          words.put(entry.key().text(), word.text());
        }
      }
    }
    return words;
  }

  private @Nullable Pointer time() {
    var written = own.text("time");
    if (written != null && !own.has("time-unit")) {
      mistakes.add(
          written.mark(), "E001", "'time-unit' is missing", "add time-unit: s, ms, us or iso");
    }
    return pointer(written);
  }

  private Dating dating() {
    return Dating.of(own.choice("time-unit", TIMES));
  }

  private @Nullable Pointer pointer(@Nullable Text written) {
    return written == null ? null : Pointer.read(written, mistakes);
  }
}
