/** Rules on a street of hand-made assets. */
@NullMarked
package org.kerbside.rules;

import org.jspecify.annotations.NullMarked;
