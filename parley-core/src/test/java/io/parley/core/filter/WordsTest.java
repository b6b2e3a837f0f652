package io.parley.core.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    private static Optional<String> typed(String message, String... words) {
        return MessageText.replace(message, new Words(List.of(words))::mask);
    }

    @ParameterizedTest
    @CsvSource({
        "ab|abcd|cde,   xabcdex,   x***ex",
        "bcd|ab,        abcd,      ***cd",
        "a,             aaa,       *********",
        "bad,           Bad bad,   Bad ***",
        "敏感|敏感词,    一个敏感词。, 一个***。",
        "😀,            x😀y,      x***y",
    })
    void the_first_and_then_the_longest_of_overlapping_words_is_masked(String words, String text, String masked) {
        assertThat(new Words(List.of(words.split("\\|"))).mask(text)).contains(masked);
    }

    @Test
    void a_text_without_such_a_word_is_left_alone() {
        assertThat(new Words(List.of("bad")).mask("good")).isEmpty();
        assertThat(new Words(List.of()).mask("anything")).isEmpty();
    }

    @Test
    void of_a_typed_message_only_its_text_is_read_and_nothing_else_touched() {
        assertThat(typed(
                        "{\"_lctype\":-1,  \"n\":1.0, \"_lctext\" : \"so bad\\n\\u00e9\",\"_lcattrs\":{\"k\":\"bad\"}}",
                        "bad"))
                .contains("{\"_lctype\":-1,  \"n\":1.0, \"_lctext\" : \"so ***\\né\",\"_lcattrs\":{\"k\":\"bad\"}}");
        assertThat(typed("{\"_lctype\":-2,\"_lcfile\":{\"url\":\"http://bad\"}}", "bad"))
                .isEmpty();
    }

    @Test
    void a_message_that_is_no_typed_one_is_read_as_a_whole() {
        assertThat(typed("{\"text\":\"bad\"}", "bad")).contains("{\"text\":\"***\"}");
        assertThat(typed("\"_lctype\" is bad", "bad")).contains("\"_lctype\" is ***");
    }

    /// Against the plainest way to do it.
    @Test
    void what_is_found_in_random_texts_is_what_is_there() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            List<String> words = Stream.generate(() -> text(random, 1 + random.nextInt(4)))
                    .limit(1 + random.nextInt(6))
                    .toList();
            String text = text(random, random.nextInt(30));
            String expected = plainly(words, text);
            assertThat(new Words(words).mask(text).orElse(text))
                    .as("seed %d words %s text %s", seed, words, text)
                    .isEqualTo(expected);
        }
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) text.append((char) ('a' + random.nextInt(3)));
        return text.toString();
    }

    private static String plainly(List<String> words, String text) {
        StringBuilder masked = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int from = at;
            int longest = words.stream()
                    .filter(word -> text.startsWith(word, from))
                    .mapToInt(String::length)
                    .max()
                    .orElse(0);
            masked.append(longest > 0 ? "***" : text.substring(at, at + 1));
            at += Math.max(1, longest);
        }
        return masked.toString();
    }
}
