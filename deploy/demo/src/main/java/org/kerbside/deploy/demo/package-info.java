/** The demonstration: a simulated site and a broker of its own. Never part of the package. */
@NullMarked
package org.kerbside.deploy.demo;

import org.jspecify.annotations.NullMarked;
