@NullMarked
package org.kerbside.drivers.a02yyuw;

import org.jspecify.annotations.NullMarked;
