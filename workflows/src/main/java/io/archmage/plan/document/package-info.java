/**
 * JSON and YAML text as a tree of nodes with positions, and typed reading of that tree that
 * collects every problem. Plans and configurations share it; what the keys mean belongs elsewhere.
 */
@NullMarked
package io.archmage.plan.document;

import org.jspecify.annotations.NullMarked;
