@NullMarked
package org.kerbside.drivers.ads1115;

import org.jspecify.annotations.NullMarked;
