/** The status page that crews read at the cabinet: pure views, dumb templates, one web server. */
@NullMarked
package org.kerbside.gateway.page;

import org.jspecify.annotations.NullMarked;
