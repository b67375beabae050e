package io.archmage.prepare;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.RawValue;

/** Arguments as the server hands them on. */
final class RawValues {

  private RawValues() {}

  static RawValue json(String text) {
    return of("json/plain", text);
  }

  static RawValue of(String encoding, String text) {
    return new RawValue(
        Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8(encoding))
            .setData(ByteString.copyFromUtf8(text))
            .build());
  }
}
