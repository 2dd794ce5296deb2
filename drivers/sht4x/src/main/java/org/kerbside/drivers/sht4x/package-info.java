/** Sensirion SHT4x: temperature and humidity of the air, on I²C. */
@NullMarked
package org.kerbside.drivers.sht4x;

import org.jspecify.annotations.NullMarked;
