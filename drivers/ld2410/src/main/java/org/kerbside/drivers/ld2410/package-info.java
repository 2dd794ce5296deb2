/** Hi-Link HLK-LD2410: presence by radar, on a serial line. */
@NullMarked
package org.kerbside.drivers.ld2410;

import org.jspecify.annotations.NullMarked;
