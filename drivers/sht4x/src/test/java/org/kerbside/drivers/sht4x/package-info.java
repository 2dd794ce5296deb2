@NullMarked
package org.kerbside.drivers.sht4x;

import org.jspecify.annotations.NullMarked;
