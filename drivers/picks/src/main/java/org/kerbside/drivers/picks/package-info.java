/** Values picked out of messages: what a profile says of where they stand and what they mean. */
@NullMarked
package org.kerbside.drivers.picks;

import org.jspecify.annotations.NullMarked;
