package io.archmage.plan.document;

import io.archmage.plan.Position;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.Quoted;
import io.archmage.plan.Suggestions;
import io.archmage.plan.TaskId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads single nodes as typed values. A node of another type is a problem that says what was
 * expected and found, and gives an empty value. The parameter {@code what} names the value in
 * messages, such as {@code "priority" of task "T1"}.
 */
public final class ValueReader {

  private final ProblemCollector problems;
  private final @Nullable TaskId task;

  /** A reader that adds its problems there, about that task if there is one. */
  public ValueReader(ProblemCollector problems, @Nullable TaskId task) {
    this.problems = problems;
    this.task = task;
  }

  /** A text. */
  public Optional<String> text(Node node, String what) {
    if (node instanceof Scalar scalar && scalar.type() == ScalarType.STRING) {
      return Optional.of(scalar.text());
    }
    return wrong(node, what, "text", "Write text in quotes.");
  }

  /** A text or a whole number, which is read as text. */
  public Optional<String> name(Node node, String what) {
    if (node instanceof Scalar scalar && scalar.type() == ScalarType.INTEGER) {
      return Optional.of(scalar.text());
    }
    return text(node, what);
  }

  /** One of the given texts. */
  public Optional<String> choice(Node node, String what, Collection<String> choices) {
    Optional<String> text = text(node, what);
    if (text.isEmpty() || choices.contains(text.get())) {
      return text;
    }
    String all = String.join(", ", choices);
    problem(
        node.position(),
        ProblemCode.INVALID_VALUE,
        what + " is " + Quoted.of(text.get()) + ", expected one of " + all,
        Suggestions.didYouMean(text.get(), choices, "Write one of " + all + "."));
    return Optional.empty();
  }

  /** A whole number from min to max. */
  public OptionalInt integer(Node node, String what, int min, int max) {
    Optional<BigInteger> value =
        node instanceof Scalar scalar ? scalar.integer() : Optional.empty();
    if (value.isEmpty()) {
      wrong(node, what, "a whole number", "Write a whole number without quotes.");
      return OptionalInt.empty();
    }
    if (value.get().compareTo(BigInteger.valueOf(min)) < 0
        || value.get().compareTo(BigInteger.valueOf(max)) > 0) {
      String range = max == Integer.MAX_VALUE ? "at least " + min : "from " + min + " to " + max;
      problem(
          node.position(),
          ProblemCode.OUT_OF_RANGE,
          what + " is " + ((Scalar) node).describe().substring("the number ".length())
              + ", expected a whole number " + range,
          "Write a whole number " + range + ".");
      return OptionalInt.empty();
    }
    return OptionalInt.of(value.get().intValueExact());
  }

  /** True or false. */
  public Optional<Boolean> bool(Node node, String what) {
    if (node instanceof Scalar scalar && scalar.type() == ScalarType.BOOLEAN) {
      return Optional.of(scalar.isTrue());
    }
    return wrong(node, what, "true or false", "Write true or false without quotes.");
  }

  /** A list of texts; a single text is a list of one. */
  public List<String> texts(Node node, String what) {
    if (!(node instanceof Sequence sequence)) {
      if (node instanceof Scalar scalar && scalar.type() == ScalarType.STRING) {
        return List.of(scalar.text());
      }
      wrong(node, what, "a list of texts", "Write a list of texts in quotes.");
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      text(sequence.items().get(i), "entry " + (i + 1) + " of " + what).ifPresent(texts::add);
    }
    return texts;
  }

  /** A list. */
  public Optional<Sequence> sequence(Node node, String what) {
    return node instanceof Sequence sequence
        ? Optional.of(sequence)
        : wrong(node, what, "a list", "Write a list.");
  }

  /** A mapping. */
  public Optional<Mapping> mapping(Node node, String what) {
    return node instanceof Mapping mapping
        ? Optional.of(mapping)
        : wrong(node, what, "a mapping of keys to values", "Write keys with values.");
  }

  /** Reports a value of another type than expected; always empty. */
  public <T> Optional<T> wrong(Node node, String what, String expected, String fix) {
    problem(
        node.position(),
        ProblemCode.WRONG_TYPE,
        what + " is " + node.describe() + ", expected " + expected,
        fix);
    return Optional.empty();
  }

  /** Reports a problem at a position. */
  public void problem(Position position, ProblemCode code, String message, String fix) {
    problems.add(position, code, task, message, fix);
  }
}
