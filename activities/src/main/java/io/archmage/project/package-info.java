/**
 * The repositories that a worker serves, each with its configuration, its queues and its place on
 * this machine. No plan, task or process is known here.
 */
@NullMarked
package io.archmage.project;

import org.jspecify.annotations.NullMarked;
