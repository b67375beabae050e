package io.archmage.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.archmage.schedule.Rate;
import io.archmage.schedule.RateLimits;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What bounds a run beyond slots and instances.
 *
 * @param rates of those familiars that have one; missing means none
 * @param callsPerMinute calls over all familiars, or null for no limit
 * @param tokensPerMinute tokens over all familiars, or null for no limit
 * @param failFast whether the first task that fails for good ends the run
 * @param resources what tasks share, as far as they do; missing means nothing
 */
@Wire
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record PreparedLimits(
    List<PreparedRate> rates,
    @Nullable Integer callsPerMinute,
    @Nullable Long tokensPerMinute,
    boolean failFast,
    List<PreparedResource> resources) {

  /** Copies the lists; missing ones are empty. */
  public PreparedLimits {
    rates = rates == null ? List.of() : List.copyOf(rates);
    resources = resources == null ? List.of() : List.copyOf(resources);
  }

  /** The limits over time, as the scheduler knows them. */
  public RateLimits scheduled() {
    TreeMap<Integer, Rate> byFamiliar = new TreeMap<>();
    rates.forEach(rate -> byFamiliar.put(rate.familiar(), rate.rate()));
    return new RateLimits(byFamiliar, callsPerMinute, tokensPerMinute);
  }
}
