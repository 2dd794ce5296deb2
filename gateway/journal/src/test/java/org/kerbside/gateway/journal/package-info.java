/** The journal on real files. */
@NullMarked
package org.kerbside.gateway.journal;

import org.jspecify.annotations.NullMarked;
