package io.archmage.plan.document;

import io.archmage.plan.Position;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Parses one YAML 1.2 text with the core schema; builds the nodes from the parser's events. */
final class YamlParsing {

  private final String text;
  private final ProblemCollector problems;
  private final YamlAnchors anchors = new YamlAnchors();
  private int depth;

  YamlParsing(String text, ProblemCollector problems) {
    this.text = text;
    this.problems = problems;
  }

  Node parse() throws MalformedDocumentException {
    checkCharacters();
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setCodePointLimit(DocumentReader.MAX_SIZE + 1)
            .build();
    try {
      return document(new ParserImpl(settings, new StreamReader(settings, text)));
    } catch (MarkedYamlEngineException e) {
      throw mistake(
          position(e.getProblemMark().or(e::getContextMark)), e.getProblem(), e.getContext());
    } catch (YamlEngineException e) {
      throw mistake(Position.UNKNOWN, String.valueOf(e.getMessage()), null);
    }
  }

  private Node document(ParserImpl events) throws MalformedDocumentException {
    events.next();
    if (events.checkEvent(Event.ID.StreamEnd)) {
      throw DocumentReader.empty();
    }
    events.next();
    Node root = node(events);
    events.next();
    if (!events.checkEvent(Event.ID.StreamEnd)) {
      throw DocumentReader.severalDocuments(position(events.peekEvent().getStartMark()));
    }
    return root;
  }

  private Node node(ParserImpl events) throws MalformedDocumentException {
    NodeEvent event = (NodeEvent) events.next();
    Position position = position(event.getStartMark());
    if (event instanceof AliasEvent alias) {
      return anchors.resolve(alias.getAlias().getValue(), position);
    }
    Optional<String> anchor = event.getAnchor().map(name -> name.getValue());
    int token = anchors.begin(anchor);
    Node node = anchored(event, events, position);
    anchors.end(anchor, token, node);
    return node;
  }

  private Node anchored(NodeEvent event, ParserImpl events, Position position)
      throws MalformedDocumentException {
    if (event instanceof ScalarEvent scalar) {
      return YamlScalars.scalar(scalar, position);
    }
    CollectionStartEvent start = (CollectionStartEvent) event;
    if (++depth > DocumentReader.MAX_DEPTH) {
      throw DocumentReader.tooDeep(position);
    }
    boolean mapping = start.getEventId() == Event.ID.MappingStart;
    YamlScalars.checkTag(start.getTag(), mapping ? "map" : "seq", position);
    Node node = mapping ? mapping(events, position) : sequence(events, position);
    depth--;
    return node;
  }

  private Node sequence(ParserImpl events, Position position) throws MalformedDocumentException {
    List<Node> items = new ArrayList<>();
    while (!events.checkEvent(Event.ID.SequenceEnd)) {
      items.add(node(events));
    }
    events.next();
    return new Sequence(items, position);
  }

  private Node mapping(ParserImpl events, Position position) throws MalformedDocumentException {
    MappingBuilder mapping = new MappingBuilder(position, problems);
    while (!events.checkEvent(Event.ID.MappingEnd)) {
      Position keyPosition = position(events.peekEvent().getStartMark());
      Node key = node(events);
      Node value = node(events);
      if (!(key instanceof Scalar scalar) || key.isNull()) {
        problems.add(
            keyPosition,
            ProblemCode.INVALID_KEY,
            null,
            "a key is " + key.describe() + ", expected text",
            "Write plain text before the colon.");
      } else if (scalar.text().equals("<<")) {
        problems.add(
            keyPosition,
            ProblemCode.INVALID_KEY,
            null,
            "the merge key \"<<\" is not part of YAML 1.2",
            "Write the merged keys out.");
      } else {
        mapping.add(scalar.text(), keyPosition, value);
      }
    }
    events.next();
    return mapping.build();
  }

  private void checkCharacters() throws MalformedDocumentException {
    int index = 0;
    while (index < text.length()) {
      int character = text.codePointAt(index);
      if (!StreamReader.isPrintable(character)) {
        throw CharacterCheck.refusal(character, new LineIndex(text).at(index));
      }
      index += Character.charCount(character);
    }
  }

  private static MalformedDocumentException mistake(
      Position position, String problem, @Nullable String context) {
    String where = context == null || context.isEmpty() ? "" : " (" + context + ")";
    String plain = String.valueOf(problem).lines().findFirst().orElse("syntax error") + where;
    boolean tab = plain.contains("TAB");
    return new MalformedDocumentException(
        position,
        ProblemCode.INVALID_YAML,
        "invalid YAML: " + (tab ? "a tab cannot begin a value" + where : plain),
        tab
            ? "Indent with spaces."
            : "Correct the YAML here; text with special characters needs quotes, such as "
                + Quoted.of("a: b")
                + ".");
  }

  private static Position position(Optional<Mark> mark) {
    return mark.map(at -> new Position(at.getLine() + 1, at.getColumn() + 1))
        .orElse(Position.UNKNOWN);
  }
}
