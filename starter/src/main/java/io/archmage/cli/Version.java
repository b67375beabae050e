package io.archmage.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version, as the build wrote it down. */
final class Version implements IVersionProvider {

  private static final String RESOURCE = "/io/archmage/cli/version.properties";

  @Override
  public String[] getVersion() throws IOException {
    Properties properties = new Properties();
    try (InputStream file = Version.class.getResourceAsStream(RESOURCE)) {
      if (file == null) {
        throw new IOException("there is no " + RESOURCE);
      }
      properties.load(file);
    }
    return new String[] {
      "archmage " + properties.getProperty("version"),
      "Java " + System.getProperty("java.version") + ", " + System.getProperty("os.name")
    };
  }
}
