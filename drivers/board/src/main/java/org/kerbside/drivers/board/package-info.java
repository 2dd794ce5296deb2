/** What is wired to the board itself: pins, PWM channels, I2C chips, serial devices. */
@NullMarked
package org.kerbside.drivers.board;

import org.jspecify.annotations.NullMarked;
