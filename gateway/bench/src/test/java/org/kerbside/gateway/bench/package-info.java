@NullMarked
package org.kerbside.gateway.bench;

import org.jspecify.annotations.NullMarked;
