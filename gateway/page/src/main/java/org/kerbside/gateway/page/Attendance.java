package org.kerbside.gateway.page;

import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.SiteView;
import org.kerbside.gateway.page.CabinetButton.Press;

/**
 * Whether who asks has to stand at the cabinet for that: a call for help is reset there and nowhere
 * else, by whichever door he comes. Where the cabinet has a button, he shows by it that he does;
 * where it has none, to have been let in is all that can be asked.
 */
public record Attendance(SiteView view, CabinetButton button) {

  /** Whether it asks for the button, which nobody pressed. */
  public boolean isMissing(Command command) {
    return command.op().equals("ack")
        && button.press() == Press.RESTING
        && view.overview().alarms().stream()
            .anyMatch(
                alarm ->
                    alarm.latch() == Alarm.Latch.CABINET && alarm.id().equals(command.point()));
  }
}
