package org.kerbside.gateway.cli;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import picocli.CommandLine.Option;

/** For how long something is to be so, and why: nobody silences anything without both. */
final class Spell {

  // What was typed: written by picocli, once.
  @Option(
      names = "--for",
      required = true,
      paramLabel = "PERIOD",
      description = "How long, as 30min or 2h.")
  private String period = "";

  @Option(names = "--reason", required = true, paramLabel = "WHY", description = "In your words.")
  private String reason = "";

  SequencedMap<String, String> words() {
    var words = new LinkedHashMap<String, String>();
    words.put("lease", period);
    words.put("reason", reason);
    return words;
  }
}
