/** Tests of what every driver reads with. */
@NullMarked
package org.kerbside.drivers.api;

import org.jspecify.annotations.NullMarked;
