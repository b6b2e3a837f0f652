package io.parley.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Lists of words that are kept.
public abstract class WordStoreContract extends StorageContract {
    @Test
    void each_app_has_the_list_that_was_given_last() {
        storage.words().replace(APP, List.of("one"));
        storage.words().replace(APP, List.of("a \"b\"", "密码"));
        storage.words().replace(OTHER_APP, List.of("two"));
        reopen();
        assertThat(storage.words().all()).isEqualTo(Map.of(APP, List.of("a \"b\"", "密码"), OTHER_APP, List.of("two")));
    }

    @Test
    void an_empty_list_is_none() {
        storage.words().replace(APP, List.of("one"));
        storage.words().replace(APP, List.of());
        assertThat(storage.words().all()).isEmpty();
    }
}
