/** The whole object graph, top to bottom: every {@code new} of an adapter, and {@code main}. */
@NullMarked
package org.kerbside.gateway.app.wiring;

import org.jspecify.annotations.NullMarked;
