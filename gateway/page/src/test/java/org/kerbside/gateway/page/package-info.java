@NullMarked
package org.kerbside.gateway.page;

import org.jspecify.annotations.NullMarked;
