/**
 * Every device of a site, played in a process of its own: they speak to the gateway through the
 * doors that the site names, in the words of their data sheets. What is encoded here was written
 * from those, and not from the decoders of {@code drivers}: a mistake of one shows in the other.
 */
@NullMarked
package org.kerbside.deploy.demo.peers;

import org.jspecify.annotations.NullMarked;
