/** The one door to the actuators. Pure: (memory, order or command, now) → (memory, ruling). */
@NullMarked
package org.kerbside.gateway.desk;

import org.jspecify.annotations.NullMarked;
