package io.archmage.doctor;

import java.util.List;

/** Looks at one thing. */
public interface Check {

  /** One word for it. */
  String name();

  /** What was found, at least one finding. */
  List<Finding> look() throws Exception;
}
