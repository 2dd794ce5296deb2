@NullMarked
package org.kerbside.drivers.board;

import org.jspecify.annotations.NullMarked;
