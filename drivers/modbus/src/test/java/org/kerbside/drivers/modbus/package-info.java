@NullMarked
package org.kerbside.drivers.modbus;

import org.jspecify.annotations.NullMarked;
