/**
 * What the worker's configuration says: familiars and how to start them, limits, failure handling.
 * Values and the reader of their document; nothing here starts or runs anything.
 */
@NullMarked
package io.archmage.config;

import org.jspecify.annotations.NullMarked;
