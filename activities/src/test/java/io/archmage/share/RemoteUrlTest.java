package io.archmage.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.archmage.git.GitRepository;
import io.archmage.git.TestRepo;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteUrlTest {

  @ParameterizedTest
  @CsvSource({
    "https://host/team/shop.git, https://ann:s3cret@host/team/shop",
    "ssh://git@host/team/shop.git, git@host:team/shop.git",
    "ssh://host/team/shop, host:/team/shop/",
    "/srv/shop.git, file:///srv/shop.git/",
  })
  void shouldNameOneRepositoryByOneId(String one, String other) {
    assertThat(RemoteUrl.id(one)).isEqualTo(RemoteUrl.id(other)).matches("[0-9a-f]{12}");
  }

  @ParameterizedTest
  @CsvSource({
    "https://host/team/shop, https://host/team/site",
    "ssh://host/shop, ssh://other/shop",
    "/srv/shop, /srv/shop2",
  })
  void shouldTellRepositoriesApart(String one, String other) {
    assertThat(RemoteUrl.id(one)).isNotEqualTo(RemoteUrl.id(other));
  }

  @Test
  void shouldShowNoUsers() {
    assertThat(
        RemoteUrl.withoutUsers(
            "fatal: unable to access 'https://ann:s3cret@host/shop/': and http://tok@b/c"))
        .isEqualTo("fatal: unable to access 'https://host/shop/': and http://b/c");
  }

  @Test
  void shouldSayThatThereIsNoSuchRemote(@TempDir Path temp) {
    TestRepo user = TestRepo.init(temp);
    user.commit("first");
    try (GitRepository repository = user.open()) {
      assertThatThrownBy(() -> RemoteUrl.of(repository, "hub"))
          .isInstanceOf(RemoteRefusedException.class)
          .hasMessageContaining("git remote add hub URL");
    }
  }
}
