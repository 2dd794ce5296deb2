package org.kerbside.rules;

import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Note;

/** A programme under way. Belongs to the thread of its {@link Programmes.Memory}. */
sealed interface Course permits LightCourse, WaterCourse {

  /** Says the value of each output now, and when it wants to be asked again. */
  void decide(Look look, Draft draft);

  /** What must not be forgotten with the process. */
  Note note();

  void recall(Note note, Moment now);
}
