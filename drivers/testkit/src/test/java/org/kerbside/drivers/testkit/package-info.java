/** Tests of the testkit. */
@NullMarked
package org.kerbside.drivers.testkit;

import org.jspecify.annotations.NullMarked;
