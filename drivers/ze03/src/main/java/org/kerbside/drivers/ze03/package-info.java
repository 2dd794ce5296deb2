/** Winsen ZE03 and ZE08: a gas by an electrochemical cell, on a serial line. */
@NullMarked
package org.kerbside.drivers.ze03;

import org.jspecify.annotations.NullMarked;
