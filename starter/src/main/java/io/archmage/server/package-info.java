/**
 * Finds the Temporal server a command talks to, or runs one: the {@code temporal} executable, the
 * embedded server with its supervisor and record, and the connection. Workers and workflows do not
 * belong here.
 */
@NullMarked
package io.archmage.server;

import org.jspecify.annotations.NullMarked;
