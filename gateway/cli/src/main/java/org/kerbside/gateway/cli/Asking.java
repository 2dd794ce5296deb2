package org.kerbside.gateway.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that asks the running service, and the asking. */
final class Asking {

  private final Places places;
  @Mixin private final DataFolder data;

  // What was typed: written by picocli, once.
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text (as if not given) or json.")
  private Format format = Format.TEXT;

  Asking(Places places) {
    this.places = places;
    this.data = new DataFolder(places);
  }

  /**
   * What the service answers, without a line's end.
   *
   * @param what as {@code status}
   * @param words what else belongs to the question; may be empty
   */
  String ask(String what, String words) throws CommandException {
    var folder = data.path();
    var client = new ControlClient(folder.resolve(ControlServer.SOCKET), places.remedy(folder));
    var request = ControlServer.request(what, format);
    return client.ask(words.isEmpty() ? request : request + " " + words).stripTrailing();
  }
}
