/** The pipeline: intake, stamp, screen, state, control and the writer. */
@NullMarked
package org.kerbside.gateway.app;

import org.jspecify.annotations.NullMarked;
