package org.example.release;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;

/** A workflow of somebody's own that lets agents do a part of its work. */
@WorkflowInterface
public interface ReleaseWorkflow {

  /**
   * What came of a release.
   *
   * @param version what was to be released
   * @param released whether it was
   * @param commit the commit to release, or null
   * @param notes a line for each task
   */
  record Release(String version, boolean released, String commit, List<String> notes) {}

  /**
   * Has a plan carried out, then goes on with what it made.
   *
   * @param version what is to be released
   * @param plan a plan for Archmage: JSON as an object, or YAML as a text
   */
  @WorkflowMethod
  Release release(String version, Object plan);
}
