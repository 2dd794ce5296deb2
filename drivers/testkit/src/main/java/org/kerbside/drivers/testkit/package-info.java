/** What the tests of several rooms share: fakes, real peers, waiting. Never shipped. */
@NullMarked
package org.kerbside.drivers.testkit;

import org.jspecify.annotations.NullMarked;
