/** Tests with real sockets and folders. */
@NullMarked
package org.kerbside.drivers.camel;

import org.jspecify.annotations.NullMarked;
