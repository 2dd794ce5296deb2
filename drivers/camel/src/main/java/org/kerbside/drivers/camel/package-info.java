/** Any consumer of Apache Camel as a source of readings: a folder, a port, a mailbox. */
@NullMarked
package org.kerbside.drivers.camel;

import org.jspecify.annotations.NullMarked;
