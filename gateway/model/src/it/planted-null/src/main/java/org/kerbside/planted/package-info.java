@NullMarked
package org.kerbside.planted;

import org.jspecify.annotations.NullMarked;
