/** A worker of somebody else's that runs Archmage's workflows beside its own. */
package org.example.release;
