/**
 * What assets are: the table of kinds and points, and the pure steps that make points from samples.
 */
@NullMarked
package org.kerbside.gateway.assets;

import org.jspecify.annotations.NullMarked;
