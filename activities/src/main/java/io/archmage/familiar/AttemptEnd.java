package io.archmage.familiar;

import io.archmage.contract.AttemptFailure;
import io.archmage.contract.AttemptResult;

/** How an attempt ended for whoever followed it. */
public sealed interface AttemptEnd {

  /** The familiar ended well. */
  record Succeeded(AttemptResult result) implements AttemptEnd {}

  /** The familiar ended badly, or never began. */
  record Failed(AttemptFailure failure) implements AttemptEnd {}

  /** Nobody follows it from here any more; it may still run. */
  record Detached() implements AttemptEnd {}
}
