package io.archmage.plan.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.archmage.plan.Position;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Parses one JSON text; comments are allowed, trailing commas are not. */
final class JsonParsing {

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DocumentReader.MAX_DEPTH + 2)
                  .maxStringLength(DocumentReader.MAX_SIZE)
                  .maxNameLength(DocumentReader.MAX_SIZE)
                  .build())
          .build();

  private final String text;
  private final LineIndex lines;
  private final ProblemCollector problems;
  private final Deque<Position> open = new ArrayDeque<>();

  JsonParsing(String text, ProblemCollector problems) {
    this.text = text;
    this.lines = new LineIndex(text);
    this.problems = problems;
  }

  Node parse() throws MalformedDocumentException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        throw DocumentReader.empty();
      }
      Node root = value(parser);
      if (parser.nextToken() != null) {
        throw DocumentReader.severalDocuments(position(parser));
      }
      return root;
    } catch (JsonProcessingException e) {
      throw JsonMistake.of(e, text, lines, open.peek());
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory cannot fail to be read", e);
    }
  }

  private Node value(JsonParser parser) throws IOException, MalformedDocumentException {
    Position position = position(parser);
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> mapping(parser, position);
      case START_ARRAY -> sequence(parser, position);
      case VALUE_STRING ->
        new Scalar(
            ScalarType.STRING, CharacterCheck.checked(parser.getText(), position), position);
      case VALUE_NUMBER_INT -> new Scalar(ScalarType.INTEGER, parser.getText(), position);
      case VALUE_NUMBER_FLOAT -> new Scalar(ScalarType.DECIMAL, parser.getText(), position);
      case VALUE_TRUE, VALUE_FALSE -> new Scalar(ScalarType.BOOLEAN, parser.getText(), position);
      case VALUE_NULL -> new Scalar(ScalarType.NULL, "", position);
      case FIELD_NAME, END_OBJECT, END_ARRAY, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
        throw new IllegalStateException("no value begins with " + token);
    };
  }

  private Node mapping(JsonParser parser, Position position)
      throws IOException, MalformedDocumentException {
    enter(position);
    MappingBuilder mapping = new MappingBuilder(position, problems);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Position keyPosition = position(parser);
      String key = CharacterCheck.checked(parser.currentName(), keyPosition);
      parser.nextToken();
      mapping.add(key, keyPosition, value(parser));
    }
    open.pop();
    return mapping.build();
  }

  private Node sequence(JsonParser parser, Position position)
      throws IOException, MalformedDocumentException {
    enter(position);
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    open.pop();
    return new Sequence(items, position);
  }

  private void enter(Position position) throws MalformedDocumentException {
    open.push(position);
    if (open.size() > DocumentReader.MAX_DEPTH) {
      throw DocumentReader.tooDeep(position);
    }
  }

  private Position position(JsonParser parser) {
    return lines.at(parser.currentTokenLocation().getCharOffset());
  }
}
