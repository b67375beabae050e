/** Where tests make activities fail. No production code listens here. */
@NullMarked
package io.archmage.fault;

import org.jspecify.annotations.NullMarked;
