package io.parley.core.filter;

import com.hankcs.algorithm.AhoCorasickDoubleArrayTrie;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// A list of words, prepared for finding all of them in one pass over a text, however many there are. Plain
/// substrings; case matters. Immutable, thread-safe. Source: semantics 12.
final class Words {
    static final String MASK = "***";

    private final AhoCorasickDoubleArrayTrie<Integer> trie = new AhoCorasickDoubleArrayTrie<>();
    private final int count;

    Words(Collection<String> words) {
        TreeMap<String, Integer> lengths = new TreeMap<>();
        for (String word : words) if (!word.isEmpty()) lengths.put(word, word.length());
        count = lengths.size();
        if (count > 0) trie.build(lengths);
    }

    int count() {
        return count;
    }

    private record Hit(int begin, int end) {}

    /// The text with each word masked: of words that overlap the one that begins first, of those the longest. Empty
    /// when it holds none.
    Optional<String> mask(String text) {
        if (count == 0) return Optional.empty();
        List<Hit> hits = new ArrayList<>();
        trie.parseText(text, (begin, end, length) -> {
            hits.add(new Hit(begin, end));
        });
        if (hits.isEmpty()) return Optional.empty();
        hits.sort(Comparator.comparingInt(Hit::begin)
                .thenComparing(Comparator.comparingInt(Hit::end).reversed()));
        StringBuilder masked = new StringBuilder(text.length());
        int copied = 0;
        for (Hit hit : hits) {
            if (hit.begin < copied) continue;
            masked.append(text, copied, hit.begin).append(MASK);
            copied = hit.end;
        }
        return Optional.of(masked.append(text, copied, text.length()).toString());
    }
}
