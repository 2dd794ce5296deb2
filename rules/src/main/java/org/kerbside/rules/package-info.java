/**
 * What runs in the cabinet when the city cannot be asked: conditions, durations, alarms,
 * programmes. Pure: no clock, no threads, nothing read but the packs that ship.
 */
@NullMarked
package org.kerbside.rules;

import org.jspecify.annotations.NullMarked;
