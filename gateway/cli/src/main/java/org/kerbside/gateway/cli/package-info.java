/** The command line: what a person types, and how the process answers. */
@NullMarked
package org.kerbside.gateway.cli;

import org.jspecify.annotations.NullMarked;
