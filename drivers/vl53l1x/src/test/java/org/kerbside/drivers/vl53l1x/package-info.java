@NullMarked
package org.kerbside.drivers.vl53l1x;

import org.jspecify.annotations.NullMarked;
