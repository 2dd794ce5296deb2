package org.kerbside.gateway.uplink;

import org.jspecify.annotations.Nullable;

/** The topics of one gateway: {@code {root}/1/{tenant}/{gateway}/…}. */
record Topics(String prefix) {

  static Topics of(Link link, String gateway) {
    return new Topics("%s/1/%s/%s/".formatted(link.root(), link.tenant(), gateway));
  }

  String state() {
    return prefix + "state";
  }

  String description() {
    return prefix + "desc";
  }

  String live() {
    return prefix + "d";
  }

  String backlog() {
    return prefix + "h";
  }

  String events() {
    return prefix + "e";
  }

  String asset(String id) {
    return prefix + "a/" + id;
  }

  String commands() {
    return prefix + "c/+";
  }

  String want() {
    return prefix + "want";
  }

  String got() {
    return prefix + "got";
  }

  String acknowledgements() {
    return prefix + "ack";
  }

  String reply(String command) {
    return prefix + "r/" + command;
  }

  /** The id that a command's topic ends in, or null when it is no command's topic. */
  @Nullable String command(String topic) {
    return topic.startsWith(prefix + "c/") ? topic.substring(prefix.length() + 2) : null;
  }

  /** Whether an answer may go there: no wildcard, and nothing that this gateway itself tells. */
  boolean mayAnswer(String responseTopic) {
    return !responseTopic.isEmpty()
        && responseTopic.chars().noneMatch(c -> c == '+' || c == '#' || c == 0)
        && !responseTopic.startsWith("$")
        && (!responseTopic.startsWith(prefix) || responseTopic.startsWith(prefix + "r/"));
  }
}
