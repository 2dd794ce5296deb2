/** Tests of the demonstration. */
@NullMarked
package org.kerbside.deploy.demo;

import org.jspecify.annotations.NullMarked;
