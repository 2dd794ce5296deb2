/** LoRaWAN devices behind ChirpStack v4: its events in, downlinks out. */
@NullMarked
package org.kerbside.drivers.lorawan;

import org.jspecify.annotations.NullMarked;
