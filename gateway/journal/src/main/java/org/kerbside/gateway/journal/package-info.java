/** The durable, ordered store-and-forward log in SQLite: append, commit, drain, free, recover. */
@NullMarked
package org.kerbside.gateway.journal;

import org.jspecify.annotations.NullMarked;
