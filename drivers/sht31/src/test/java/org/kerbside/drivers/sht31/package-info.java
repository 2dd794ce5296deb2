@NullMarked
package org.kerbside.drivers.sht31;

import org.jspecify.annotations.NullMarked;
