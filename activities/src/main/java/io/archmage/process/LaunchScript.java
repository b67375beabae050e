package io.archmage.process;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes the script that becomes the familiar. Arguments and environment go through a private file,
 * not through command lines, which every user of the machine can read.
 */
final class LaunchScript {

  /** Names a POSIX shell can export. */
  private static final Pattern PORTABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Names some shell computes, forbids to set, or reacts to; none of them carries a secret. */
  private static final Pattern SPECIAL =
      Pattern.compile(
          "_|PWD|OLDPWD|SHLVL|IFS|ENV|OPT(ARG|IND|ERR)|P?PID|E?UID|E?GID|GROUPS|LINENO|RANDOM"
              + "|SRANDOM|SECONDS|EPOCH.*|DIRSTACK|FUNCNAME|FUNCNEST|HIST.*|PIPESTATUS|SHELLOPTS"
              + "|BASH.*|COMP_.*|POSIXLY_CORRECT|LANG|LANGUAGE|LC_.*|PS[0-4]|MAIL.*|TZ"
              + "|COLUMNS|LINES|TIMEFORMAT|TMOUT|argv|status|path");

  private LaunchScript() {}

  /**
   * The text of the script. The braces make the shell read all of it before anything runs, so it
   * may be deleted as soon as the file {@code fam} is there.
   */
  static String of(
      ProcessSpec spec, Path executable, Path runDirectory, Map<String, String> extra) {
    StringBuilder exports = new StringBuilder();
    StringBuilder assignments = new StringBuilder();
    add(spec.environment(), exports, assignments);
    add(extra, exports, assignments);
    StringBuilder command = new StringBuilder(quote(executable.toString()));
    spec.argv().stream().skip(1).forEach(word -> command.append(' ').append(quote(word)));
    String err = quote(runDirectory.resolve(RunDirectory.ERR).toString());
    // env takes a command with '=' for an assignment; then the shell's own variables stay.
    boolean viaEnv = executable.toString().indexOf('=') < 0;
    String exec = "exec " + command + " 2>>" + err + "\n";
    String execEnv =
        "exec /usr/bin/env -u _ -u SHLVL -u PWD -u OLDPWD"
            + assignments + " " + command + " 2>>" + err + "\n";
    StringBuilder script = new StringBuilder("{\nstart=-\n");
    script.append("if [ -r /proc/$$/stat ]; then\nread -r stat </proc/$$/stat\n");
    script.append("set -- ${stat##*) }\nstart=${20}\nfi\n");
    script.append("echo \"$$ $start end\" >fam\nunset stat start\n");
    script.append("exec <").append(quote(spec.stdin().toString()));
    script.append(" >>").append(quote(runDirectory.resolve(RunDirectory.OUT).toString()));
    script.append(" 2>/dev/null\n");
    script.append("cd ").append(quote(spec.workingDirectory().toString())).append(" || exit 126\n");
    script.append("unset PATH LC_ALL TZ PWD OLDPWD\n");
    script.append(exports);
    if (!viaEnv) {
      script.append(exec);
    } else if (assignments.isEmpty()) {
      // dash passes on nothing of its own; other shells add variables.
      script.append("if [ -n \"${BASH_VERSION-}${ZSH_VERSION-}${KSH_VERSION-}\" ]; then\n");
      script.append(execEnv).append("fi\n").append(exec);
    } else {
      script.append(execEnv);
    }
    return script.append("}\n").toString();
  }

  private static void add(
      Map<String, String> variables, StringBuilder exports, StringBuilder assignments) {
    variables.forEach(
        (name, value) -> {
          if (PORTABLE.matcher(name).matches() && !SPECIAL.matcher(name).matches()) {
            exports.append("export ").append(name).append('=').append(quote(value)).append('\n');
          } else {
            assignments.append(' ').append(quote(name + "=" + value));
          }
        });
  }

  static String quote(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
