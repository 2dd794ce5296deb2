@NullMarked
package org.kerbside.gateway.uplink;

import org.jspecify.annotations.NullMarked;
