/**
 * Merges one file declaration by declaration, and checks merged text for what lines do not show.
 * Pure functions on bytes; the parsers are native code that is loaded when the first file needs it.
 */
@NullMarked
package io.archmage.structural;

import org.jspecify.annotations.NullMarked;
