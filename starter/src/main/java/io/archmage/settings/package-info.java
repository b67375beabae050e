/**
 * Where Archmage keeps its own files on this machine. What the files contain belongs to the
 * packages that write them; the configuration of a repository does not belong here.
 */
@NullMarked
package io.archmage.settings;

import org.jspecify.annotations.NullMarked;
