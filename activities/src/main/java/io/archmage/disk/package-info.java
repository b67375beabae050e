/** Writing and digesting files in general. What a file means belongs to whoever writes it. */
@NullMarked
package io.archmage.disk;

import org.jspecify.annotations.NullMarked;
