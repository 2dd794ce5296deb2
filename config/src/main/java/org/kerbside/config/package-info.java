/**
 * YAML to records, with the place of every word: a mistake is told so that its author can mend it.
 */
@NullMarked
package org.kerbside.config;

import org.jspecify.annotations.NullMarked;
