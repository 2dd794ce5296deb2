package org.kerbside.gateway.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sheet on which something is done, as its template takes it.
 *
 * @param about what it is done to, by name
 * @param once the command's id: sent again, it is done once
 * @param next where to go afterwards
 * @param firmness how sure the finger must be
 * @param trouble why it was not done just now; empty when nothing was tried
 */
record DeedForm(
    Sheet sheet,
    Deed deed,
    String subject,
    String about,
    List<Choice> reasons,
    List<Choice> lengths,
    String once,
    String next,
    @Nullable Session session,
    Firmness firmness,
    String trouble) {

  /** One of several, with what is sent for it. */
  record Choice(String value, String label) {}

  /** What a button asks of the finger. */
  enum Firmness {
    /** A tap: nothing moves by it. */
    TAP,
    /** Held for a second; without scripts or by keyboard, one page more. */
    HOLD,
    /** The page more. */
    CONFIRM
  }

  DeedForm {
    reasons = List.copyOf(reasons);
    lengths = List.copyOf(lengths);
  }

  String token() {
    return session == null ? "" : session.token();
  }

  /** How much may be written (characters). */
  int longest() {
    return DeedPages.LONGEST_REASON;
  }

  /** What lets the button be held. */
  String script() {
    return Files.HOLD.path();
  }

  String action() {
    return "/do/" + deed.word();
  }

  boolean isHeld() {
    return firmness == Firmness.HOLD;
  }

  boolean isConfirmed() {
    return firmness == Firmness.CONFIRM;
  }

  /** What the button says. */
  String button() {
    var words = sheet.words();
    return isHeld() ? words.say("test.hold") : words.say("deed." + deed.word());
  }
}
