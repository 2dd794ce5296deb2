package org.kerbside.gateway.app.wiring;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.kerbside.config.Diagnostics;
import org.kerbside.config.Nearest;
import org.kerbside.gateway.assets.Kinds;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Terminal;
import org.kerbside.gateway.cli.Work;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.SettingSpec;
import org.kerbside.gateway.model.SettingSpec.Shape;
import org.kerbside.gateway.uplink.Contract;

/**
 * The JSON Schema (2020-12) of a site's file, for editors: which kinds there are and what each may
 * be told. {@code kerbside check} knows more: units, ranges, wiring.
 */
final class SiteSchema {

  private static final List<String> SHARED =
      List.of(
          "name",
          "code",
          "oldCode",
          "grid",
          "place",
          "responsible",
          "parent",
          "at",
          "profile",
          "devices",
          "rules",
          "programme",
          "points",
          "counters",
          "heartbeat",
          "band");

  private static final String SITE = "site";

  private SiteSchema() {}

  static Exit run(Work.Schema work, Terminal terminal) throws CommandException {
    var names = new ArrayList<String>();
    names.add(SITE);
    names.add(Contract.WHOLE);
    names.addAll(Contract.PAYLOADS);
    if (!names.contains(work.name())) {
      throw new CommandException(
          Exit.WRONG_INPUT,
          "there is no schema '%s'".formatted(work.name()),
          Nearest.help(work.name(), names));
    }
    terminal.out().println(work.name().equals(SITE) ? text() : Contract.text(work.name()).strip());
    return Exit.DONE;
  }

  static String text() {
    var kinds =
        Kinds.TABLE.values().stream().filter(kind -> !kind.name().equals(Kind.BUS)).toList();
    return """
        {"$schema":"https://json-schema.org/draft/2020-12/schema",
        "title":"A site of Kerbside's","type":"object","properties":{
        "schema":{"const":1},"site":{"type":"object"},"include":{"type":["array","string"]},
        "language":{"enum":["zh-CN","en"]},"uplink":{"type":"object"},"journal":{"type":"object"},
        "access":{"type":"object","properties":{"roles":{"type":"object"},"wifi":{"type":"object","required":["password"]}}},"demo":{"type":"boolean"},
        "defaults":{"type":"object","propertyNames":{"enum":%1$s}},
        "rules":{"type":"array"},"integrations":{"type":["array","string"]},
        "buses":{"type":"object","additionalProperties":{"type":"object","required":["driver"],
        "properties":{"driver":{"enum":%2$s}}}},
        "assets":{"type":"object","additionalProperties":{"type":"object","required":["kind"],
        "properties":{"kind":{"enum":%1$s}},
        "allOf":[
        %3$s]}}},
        "required":["schema"],"additionalProperties":false}"""
        .formatted(
            Json.words(kinds.stream().map(Kind::name).toList()),
            Json.words(List.copyOf(Buses.NAMES)),
            kinds.stream().map(SiteSchema::kind).collect(Collectors.joining(",\n")));
  }

  private static String kind(Kind kind) {
    var properties = new ArrayList<String>();
    properties.add("\"kind\":true");
    SHARED.forEach(name -> properties.add(Diagnostics.quoted(name) + ":true"));
    kind.settings().stream()
        .filter(setting -> !SHARED.contains(setting.name()))
        .forEach(setting -> properties.add(property(setting)));
    var required =
        kind.settings().stream()
            .filter(setting -> setting.need() == SettingSpec.Need.REQUIRED)
            .map(SettingSpec::name)
            .toList();
    return "{\"if\":{\"properties\":{\"kind\":{\"const\":%s}}},\"then\":{\"required\":%s,\"properties\":{%s},\"additionalProperties\":false}}"
        .formatted(
            Diagnostics.quoted(kind.name()), Json.words(required), String.join(",", properties));
  }

  private static String property(SettingSpec setting) {
    var examples = "\"examples\":[%s]".formatted(Diagnostics.quoted(setting.example()));
    return "%s:{%s}"
        .formatted(
            Diagnostics.quoted(setting.name()),
            switch (setting.shape()) {
              case Shape.Quantity quantity -> "\"type\":[\"string\",\"number\"]," + examples;
              case Shape.Choice(var words) -> "\"enum\":%s".formatted(Json.words(words));
              case Shape.Words() -> "\"type\":[\"string\",\"number\"]," + examples;
              case Shape.Group(var settings) ->
                  "\"type\":\"object\",\"properties\":{%s}"
                      .formatted(
                          settings.stream()
                              .map(SiteSchema::property)
                              .collect(Collectors.joining(",")));
              case Shape.Wired wired -> "\"type\":[\"string\",\"object\"]," + examples;
              case Shape.Open() -> examples;
            });
  }
}
