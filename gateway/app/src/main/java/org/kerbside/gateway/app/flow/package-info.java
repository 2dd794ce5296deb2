/** Every Camel route. Routes say where things go and never what they mean. */
@NullMarked
package org.kerbside.gateway.app.flow;

import org.jspecify.annotations.NullMarked;
