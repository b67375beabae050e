package io.archmage.report;

import io.archmage.contract.Usage;
import io.archmage.contract.Wire;
import java.util.Map;

/**
 * What a run cost, as its familiars said.
 *
 * @param usd US dollars
 * @param inputTokens tokens read
 * @param outputTokens tokens written
 * @param byFamiliar the same for each familiar, in order of name
 */
@Wire
public record Costs(
    double usd, long inputTokens, long outputTokens, Map<String, Usage> byFamiliar) {}
