package org.kerbside.gateway.page;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Machine;

/**
 * What a label says, and which asset or device of the site it may be of. Makers print what they
 * like, so every word of it is tried: against the assets' ids and inventory codes, and against the
 * devices' addresses. Pure.
 */
record Sticker(String text) {

  private static final int LONGEST = 300; // characters that are shown
  private static final int TELLING = 4; // characters of an address that is not in every text
  private static final String JOINS = "WIFI:"; // our own, with the access point's password
  private static final Pattern WORD = Pattern.compile("[^A-Za-z0-9/_-]+");
  private static final Pattern CONTROL = Pattern.compile("\\p{C}+");

  /** A LoRaWAN device, as labels print its EUI: two digits by two, or all together. */
  private static final Pattern EUI =
      Pattern.compile("(?<![0-9A-Fa-f])[0-9A-Fa-f]{2}(?:[-: ]?[0-9A-Fa-f]{2}){7}(?![0-9A-Fa-f])");

  /** The alliance's own form (TR005): join EUI, then the device's. */
  private static final Pattern ALLIANCE =
      Pattern.compile("LW:D0:[0-9A-Fa-f]{16}:([0-9A-Fa-f]{16})(?::.*)?");

  /** As it may be shown: no secret of ours, and not more than a label has. */
  String shown() {
    if (text.startsWith(JOINS)) {
      return JOINS + "…";
    }
    var plain = CONTROL.matcher(text).replaceAll(" ").strip();
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
  }

  /** Whose it is, as far as the site knows. */
  List<Asset> of(List<Asset> assets, Machine machine) {
    var words = words();
    return assets.stream()
        .filter(asset -> asset.kind().isListed())
        .filter(
            asset ->
                words.contains(upper(asset.id()))
                    || words.contains(upper(asset.labels().getOrDefault("code", "")))
                    || machine.fittings(asset.id()).stream()
                        .anyMatch(fitting -> isTold(fitting.at(), words)))
        .toList();
  }

  /** The LoRaWAN device that it names; null when it names none. */
  @Nullable String eui() {
    var alliance = ALLIANCE.matcher(text.strip());
    if (alliance.matches()) {
      return upper(alliance.group(1));
    }
    var found = EUI.matcher(text);
    return found.find() ? upper(found.group().replaceAll("[-: ]", "")) : null;
  }

  private static boolean isTold(String at, Set<String> words) {
    var address = at.substring(at.indexOf('/') + 1);
    return words.contains(upper(at))
        || (address.length() >= TELLING && words.contains(upper(address)));
  }

  private Set<String> words() {
    return Stream.concat(WORD.splitAsStream(text), Stream.ofNullable(eui()))
        .filter(word -> !word.isEmpty())
        .map(Sticker::upper)
        .collect(Collectors.toSet());
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }
}
