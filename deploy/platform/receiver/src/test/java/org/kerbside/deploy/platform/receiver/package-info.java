@NullMarked
package org.kerbside.deploy.platform.receiver;

import org.jspecify.annotations.NullMarked;
