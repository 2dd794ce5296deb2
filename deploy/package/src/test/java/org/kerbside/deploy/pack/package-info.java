/** The package as it was made, and on a Debian of its own. */
@NullMarked
package org.kerbside.deploy.pack;

import org.jspecify.annotations.NullMarked;
