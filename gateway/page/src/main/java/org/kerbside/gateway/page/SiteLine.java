package org.kerbside.gateway.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.SettingSpec.Need;

/**
 * A new asset as one line for the site's file, to be handed to whoever keeps that. What its kind
 * must be told and nobody has measured yet stands there as an example. Pure.
 *
 * @param at the device's address
 * @param profile the device's; empty where nobody knows
 */
public record SiteLine(String id, Kind kind, String name, String at, String profile) {

  /** What a kind without points of its own is told first. */
  private static final String ANY_POINT = ", points: { p0: { unit: \"/\" } }";

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9./%-]*");

  /**
   * As it goes below {@code assets:}.
   *
   * @param assets of the site; the first that may be its parent is, where it needs one
   */
  public String text(List<Asset> assets) {
    var members = new LinkedHashMap<String, String>();
    members.put("kind", kind.name());
    members.put("name", name);
    members.put("at", at);
    if (!profile.isEmpty()) {
      members.put("profile", profile);
    }
    if (kind.parent() == Kind.Parent.REQUIRED) {
      assets.stream()
          .filter(asset -> kind.parents().contains(asset.kind().name()))
          .findFirst()
          .ifPresent(parent -> members.put("parent", parent.id()));
    }
    kind.settings().stream()
        .filter(setting -> setting.need() == Need.REQUIRED)
        .forEach(setting -> members.put(setting.name(), setting.example()));
    var end = kind.points().isEmpty() ? ANY_POINT + " }" : " }";
    return members.entrySet().stream()
        .map(member -> member.getKey() + ": " + word(member.getValue()))
        .collect(Collectors.joining(", ", id + ": { ", end));
  }

  private static String word(String text) {
    return PLAIN.matcher(text).matches()
        ? text
        : '"' + text.replaceAll("\\p{C}", " ").replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
