package io.archmage.render;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A table of left-aligned columns without rules. Cells hold no control characters. */
public final class Tables {

  private static final String GAP = "  ";

  private final List<String> header;
  private final List<List<Cell>> rows = new ArrayList<>();

  /**
   * A cell.
   *
   * @param text what it says; counts for the width
   * @param paint adds colour after alignment
   */
  public record Cell(String text, UnaryOperator<String> paint) {

    /** A cell without colour. */
    public static Cell of(String text) {
      return new Cell(text, UnaryOperator.identity());
    }
  }

  /** A table with that header. */
  public Tables(String... header) {
    this.header = List.of(header);
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if it has another number of cells than the header
   */
  public Tables row(Cell... cells) {
    if (cells.length != header.size()) {
      throw new IllegalArgumentException("a row of " + cells.length + " cells");
    }
    rows.add(List.of(cells));
    return this;
  }

  /**
   * The header and the rows; the last column is cut so that no line is wider than {@code width}.
   */
  public List<String> lines(Style style, int width) {
    int[] widths = new int[header.size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = DisplayWidth.of(header.get(column));
      for (List<Cell> row : rows) {
        widths[column] = Math.max(widths[column], DisplayWidth.of(row.get(column).text()));
      }
    }
    int before = 0;
    for (int column = 0; column < widths.length - 1; column++) {
      before += widths[column] + GAP.length();
    }
    int last = Math.max(8, width - before);
    List<String> lines = new ArrayList<>();
    lines.add(style.dim(line(header.stream().map(Cell::of).toList(), widths, last)));
    for (List<Cell> row : rows) {
      lines.add(line(row, widths, last));
    }
    return lines;
  }

  private static String line(List<Cell> cells, int[] widths, int lastWidth) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      Cell cell = cells.get(column);
      if (column == cells.size() - 1) {
        line.append(cell.paint().apply(TerminalSafe.cut(cell.text(), lastWidth)));
      } else {
        line.append(cell.paint().apply(cell.text()));
        line.repeat(' ', widths[column] - DisplayWidth.of(cell.text()));
        line.append(GAP);
      }
    }
    return line.toString().stripTrailing();
  }
}
