package io.archmage.cli;

import io.archmage.report.RunEvent;
import io.archmage.report.StatusPage;
import java.util.List;

/** What a person sees while a run goes on. Methods may be called from any thread. */
interface RunView {

  /** Shows where the run stands. */
  void show(StatusPage page);

  /** Shows the last events of a run that ended. */
  void last(List<RunEvent> events);

  /** Shows a message of the client's own. */
  void note(String line);

  /** Takes away what does not stay until something is shown again. */
  void pause();

  /** Takes away what does not stay; nothing is shown afterwards. */
  void end();
}
