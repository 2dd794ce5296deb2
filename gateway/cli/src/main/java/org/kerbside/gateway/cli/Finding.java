package org.kerbside.gateway.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody found out about an asset, on its way through the control socket as one word: a form
 * as browsers send it.
 *
 * @param set settings by dotted name, as people write them
 * @param from where the device was that is gone; absent where the asset has one only
 * @param by who says so
 */
public record Finding(
    String asset, SequencedMap<String, String> set, @Nullable String from, String by) {

  /** In the place of an asset: every one. */
  public static final String ALL = "all";

  private static final String ASSET = "asset";
  private static final String FROM = "from";
  private static final String BY = "by";
  private static final String SET = "set.";

  public Finding {
    set = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(set));
  }

  String word() {
    var form = new LinkedHashMap<String, String>();
    form.put(ASSET, asset);
    form.put(BY, by);
    if (from != null) {
      form.put(FROM, from);
    }
    set.forEach((name, value) -> form.put(SET + name, value));
    return Form.of(form).word();
  }

  /** Reads {@link #word}. */
  public static Finding of(String word) throws CommandException {
    var form = new LinkedHashMap<String, String>();
    var set = new LinkedHashMap<String, String>();
    Form.read(word)
        .fields()
        .forEach(
            (name, value) -> {
              if (name.startsWith(SET)) {
                set.put(name.substring(SET.length()), value);
              } else {
                form.put(name, value);
              }
            });
    var asset = form.get(ASSET);
    var by = form.get(BY);
    if (asset == null || by == null || by.isBlank() || set.isEmpty()) {
      throw new CommandException(
          Exit.WRONG_INPUT,
          "nothing is said of any asset",
          "kerbside calibrate bin-2 empty=118cm --by NAME");
    }
    return new Finding(asset, set, form.get(FROM), by);
  }
}
