/** Tests of the peers. */
@NullMarked
package org.kerbside.deploy.demo.peers;

import org.jspecify.annotations.NullMarked;
