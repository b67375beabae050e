/** Checks of what is deployed by Docker Compose. */
@org.jspecify.annotations.NullMarked
package io.archmage.compose;
