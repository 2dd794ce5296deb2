/** ST VL53L1X: distance by the time that light takes, on I²C. */
@NullMarked
package org.kerbside.drivers.vl53l1x;

import org.jspecify.annotations.NullMarked;
