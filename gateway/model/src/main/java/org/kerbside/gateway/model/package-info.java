/** The words of the house: points, readings, frames, commands, and the ports between rooms. */
@NullMarked
package org.kerbside.gateway.model;

import org.jspecify.annotations.NullMarked;
