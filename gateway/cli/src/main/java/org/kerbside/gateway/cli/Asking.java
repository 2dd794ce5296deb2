package org.kerbside.gateway.cli;

import org.kerbside.gateway.cli.Requests.Reply;
import picocli.CommandLine.Mixin;

/** The options of every command that asks the running service, and the asking. */
final class Asking {

  private final Places places;
  @Mixin private final DataFolder data;
  @Mixin private final FormatChoice chosen = new FormatChoice();

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
    return client().ask(request(what, words));
  }

  /** As {@link #ask}, as text whatever is printed in the end. */
  String askText(String what, String words) throws CommandException {
    return client().ask(ControlServer.request(what, Format.TEXT) + " " + words);
  }

  /** Has the service do something; both as with {@link #ask}, but that there must be words. */
  Reply have(String what, String words) throws CommandException {
    return client().have(request(what, words));
  }

  private ControlClient client() {
    var folder = data.path();
    return new ControlClient(folder.resolve(ControlServer.SOCKET), places.remedy(folder));
  }

  private String request(String what, String words) {
    var request = ControlServer.request(what, chosen.format());
    return words.isEmpty() ? request : request + " " + words;
  }
}
