/** Tests of what is picked out of messages. */
@NullMarked
package org.kerbside.drivers.picks;

import org.jspecify.annotations.NullMarked;
