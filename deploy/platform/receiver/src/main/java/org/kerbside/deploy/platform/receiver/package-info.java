/**
 * The city's side, for reference and as our checker: takes frames, drops repeats, sees holes, tells
 * gateways how far it has stored. Knows the contract and no gateway.
 */
@NullMarked
package org.kerbside.deploy.platform.receiver;

import org.jspecify.annotations.NullMarked;
