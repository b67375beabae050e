package io.archmage.render;

import java.io.PrintWriter;
import java.util.List;

/** Repaints a block of lines at the bottom of a terminal; not thread-safe. */
public final class BlockPainter {

  private static final String CLEAR_TO_END = "\u001b[J";

  private final PrintWriter out;
  private int painted;

  /** A painter that has painted nothing. */
  public BlockPainter(PrintWriter out) {
    this.out = out;
  }

  /**
   * Replaces the block.
   *
   * @param above lines that stay above it for good
   * @param block the new block, each line within the terminal's width
   */
  public void paint(List<String> above, List<String> block) {
    StringBuilder text = new StringBuilder();
    erase(text);
    above.forEach(line -> text.append(line).append('\n'));
    block.forEach(line -> text.append(line).append('\n'));
    painted = block.size();
    out.print(text);
    out.flush();
  }

  /** Takes the block away. */
  public void clear() {
    StringBuilder text = new StringBuilder();
    erase(text);
    painted = 0;
    out.print(text);
    out.flush();
  }

  private void erase(StringBuilder text) {
    if (painted > 0) {
      text.append("\u001b[").append(painted).append('F').append(CLEAR_TO_END);
    }
  }
}
