/** Tests with a real CoAP client. */
@NullMarked
package org.kerbside.drivers.coap;

import org.jspecify.annotations.NullMarked;
