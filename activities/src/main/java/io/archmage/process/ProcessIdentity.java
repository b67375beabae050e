package io.archmage.process;

/**
 * One process for all time: ids are used again, the start time and the boot tell two users apart.
 *
 * @param pid as this JVM sees it
 * @param start start time as text, only to be compared: kernel ticks since boot, or ps's lstart
 * @param boot id of the boot of the operating system
 */
record ProcessIdentity(long pid, String start, String boot) {}
