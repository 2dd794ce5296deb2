@NullMarked
package org.kerbside.drivers.ld2410;

import org.jspecify.annotations.NullMarked;
