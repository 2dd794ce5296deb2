package org.kerbside.gateway.page;

import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.SiteView;
import org.kerbside.gateway.page.CabinetButton.Press;

/**
 * Whether who asks has to stand at the cabinet for that: a call for help is reset there and nowhere
 * else. Where the cabinet has a button, he shows by it that he does; where it has none, a session
 * of its page is all that can be asked.
 */
record Attendance(SiteView view, CabinetButton button) {

  /** Whether it asks for the button, which nobody pressed. */
  boolean isMissing(Command command) {
    return command.op().equals("ack")
        && button.press() == Press.RESTING
        && view.overview().alarms().stream()
            .anyMatch(
                alarm ->
                    alarm.latch() == Alarm.Latch.CABINET && alarm.id().equals(command.point()));
  }
}
