package io.archmage.contract;

/**
 * What a run needs to know where several machines serve its repository.
 *
 * @param path absolute path of the repository on the machine that opened the run
 * @param takeoverMs how long a machine may be silent before another takes its attempts over, in
 *     milliseconds
 */
@Wire
public record SharedRun(String path, long takeoverMs) {}
