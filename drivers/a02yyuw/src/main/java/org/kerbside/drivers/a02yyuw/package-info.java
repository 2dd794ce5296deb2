/** DFRobot A02YYUW: distance by sound, on a serial line. */
@NullMarked
package org.kerbside.drivers.a02yyuw;

import org.jspecify.annotations.NullMarked;
