package io.parley.core.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.command.ClientId;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestTest {
    /// Published rows. Source: semantics 3.
    @ParameterizedTest
    @CsvSource({"SteveJobs BillGates, 6c7b0e5afcae9aa1139a0afa25833dec", "William T8, 61e52ce97f2b93050655a1c83371b070"
    })
    void the_digest_of_members_equals_the_published_one(String members, String digest) {
        assertThat(Conversations.digest(
                        Arrays.stream(members.split(" ")).map(ClientId::new).toList()))
                .isEqualTo(digest);
    }
}
