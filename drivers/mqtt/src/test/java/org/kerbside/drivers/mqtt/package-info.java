/** Tests with a real broker. */
@NullMarked
package org.kerbside.drivers.mqtt;

import org.jspecify.annotations.NullMarked;
