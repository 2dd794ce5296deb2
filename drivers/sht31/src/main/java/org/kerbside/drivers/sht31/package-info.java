/** Sensirion SHT31: temperature and humidity of the air, on I²C. */
@NullMarked
package org.kerbside.drivers.sht31;

import org.jspecify.annotations.NullMarked;
