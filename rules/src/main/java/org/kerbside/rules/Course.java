package org.kerbside.rules;

/** A programme under way. Belongs to the thread of its {@link Programmes.Memory}. */
sealed interface Course permits LightCourse, WaterCourse {

  /** Says the value of each output now, and when it wants to be asked again. */
  void decide(Look look, Draft draft);
}
