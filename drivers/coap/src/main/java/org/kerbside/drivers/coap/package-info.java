/** CoAP sensors: they post SenML packs to us. */
@NullMarked
package org.kerbside.drivers.coap;

import org.jspecify.annotations.NullMarked;
