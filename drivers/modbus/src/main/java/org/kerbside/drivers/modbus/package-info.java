/** Devices on a Modbus line, RTU or TCP: told by profiles, asked in turn, one request at a time. */
@NullMarked
package org.kerbside.drivers.modbus;

import org.jspecify.annotations.NullMarked;
