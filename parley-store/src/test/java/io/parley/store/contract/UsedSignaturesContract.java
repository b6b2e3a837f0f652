package io.parley.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Signatures that are taken once.
public abstract class UsedSignaturesContract extends StorageContract {
    private static final String SIGNATURE = "2d70e55f93b11c760506a499ad5c2196d085cc4b";

    private Instant later() {
        return clock.instant().plus(Duration.ofHours(6));
    }

    @Test
    void a_signature_is_used_once_in_each_app_also_after_a_restart() {
        assertThat(storage.usedSignatures().use(APP, SIGNATURE, later())).isTrue();
        assertThat(storage.usedSignatures().use(APP, SIGNATURE, later())).isFalse();
        assertThat(storage.usedSignatures().use(OTHER_APP, SIGNATURE, later())).isTrue();
        reopen();
        assertThat(storage.usedSignatures().use(APP, SIGNATURE, later())).isFalse();
    }

    @Test
    void of_many_who_come_with_the_same_signature_at_once_one_gets_in() {
        List<Boolean> admitted = together(20, number -> storage.usedSignatures().use(APP, SIGNATURE, later()));
        assertThat(admitted).containsOnlyOnce(true);
    }
}
