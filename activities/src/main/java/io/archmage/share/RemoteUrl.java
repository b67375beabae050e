package io.archmage.share;

import io.archmage.disk.Sha256;
import io.archmage.git.GitRepository;
import io.archmage.git.GitResult;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a remote, and what of it may be shown and compared. */
public final class RemoteUrl {

  private static final int ID_DIGITS = 12;

  /** User and password of an address, wherever it stands in a text. */
  private static final Pattern USER = Pattern.compile("(?<=://)[^/@\\s'\"]*@");

  /** What ssh takes for an address: {@code user@host:path}. */
  private static final Pattern SHORT = Pattern.compile("(?:[^@/:]+@)?([^@/:]+):(?!//)/?(.*)");

  private RemoteUrl() {}

  /**
   * The address of a remote as the repository's configuration has it.
   *
   * @throws RemoteRefusedException if the repository has no such remote
   */
  public static String of(GitRepository repository, String remote) {
    GitResult result = repository.git().run("remote", "get-url", remote);
    if (!result.succeeded()) {
      throw new RemoteRefusedException(
          "%s has no remote %s, which \"share\" names; add it: git remote add %s URL"
              .formatted(repository.commonDirectory(), remote, remote));
    }
    return result.text();
  }

  /** The same text without users and passwords of addresses. */
  public static String withoutUsers(String text) {
    return USER.matcher(text).replaceAll("");
  }

  /** 12 hex digits that name the repository there, whoever asks and however the address ends. */
  public static String id(String url) {
    return Sha256.of(plain(url).getBytes(StandardCharsets.UTF_8)).substring(0, ID_DIGITS);
  }

  static String plain(String url) {
    String text = withoutUsers(url);
    if (text.startsWith("file://")) {
      text = text.substring("file://".length());
    }
    Matcher address = SHORT.matcher(text);
    if (!text.contains("://") && !text.startsWith("/") && address.matches()) {
      text = "ssh://" + address.group(1) + "/" + address.group(2);
    }
    return text.replaceFirst("/+$", "").replaceFirst("\\.git$", "");
  }
}
