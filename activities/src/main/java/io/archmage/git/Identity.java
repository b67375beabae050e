package io.archmage.git;

/**
 * Who wrote a commit.
 *
 * @param name not blank, without line breaks and angle brackets
 * @param email may be empty, without line breaks and angle brackets
 */
public record Identity(String name, String email) {
  /** Archmage itself, the committer of everything it writes. */
  public static final Identity ARCHMAGE = new Identity("Archmage", "archmage@localhost");

  /** Replaces what git forbids in an identity by spaces. */
  public Identity {
    name = clean(name);
    email = clean(email);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("an identity needs a name");
    }
  }

  private static String clean(String text) {
    return text.replaceAll("[\\p{Cntrl}<>]", " ").strip();
  }
}
