/**
 * The command line: one small class per command, the mapping of failures to exit codes, and the
 * client's side of a run (start, follow, read, cancel). Rendering, the server and the worker are
 * packages of their own.
 */
@NullMarked
package io.archmage.cli;

import org.jspecify.annotations.NullMarked;
