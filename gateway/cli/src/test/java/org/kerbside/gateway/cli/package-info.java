@NullMarked
package org.kerbside.gateway.cli;

import org.jspecify.annotations.NullMarked;
