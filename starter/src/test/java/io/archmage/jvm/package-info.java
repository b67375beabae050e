/** How tests start the program in processes of its own. */
@NullMarked
package io.archmage.jvm;

import org.jspecify.annotations.NullMarked;
