/** TI ADS1115: four inputs for transmitters of 4 to 20 mA, on I²C. */
@NullMarked
package org.kerbside.drivers.ads1115;

import org.jspecify.annotations.NullMarked;
