@NullMarked
package org.kerbside.drivers.ze03;

import org.jspecify.annotations.NullMarked;
