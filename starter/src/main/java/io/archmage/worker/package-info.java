/**
 * The worker process: the only place where workflows, activities, repositories and configuration
 * are wired together.
 */
@NullMarked
package io.archmage.worker;

import org.jspecify.annotations.NullMarked;
