package io.parley.core.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// A search for rows of one class. Source: rest 5.3.
///
/// @param order comma list, `-` for descending; empty: as they were created
/// @param limit 0 only counts
/// @param count tell how many rows match in all
/// @param keys columns to tell; empty: all
/// @param include pointers to replace by the rows they point to, dotted for pointers in those
/// @param withAcl tell ACLs
public record RecordQuery(
        String className,
        ObjectNode where,
        String order,
        int skip,
        int limit,
        boolean count,
        String keys,
        String include,
        boolean withAcl) {
    public static final int DEFAULT_LIMIT = 100;
    public static final int MAX_LIMIT = 1000;

    public RecordQuery {
        if (skip < 0) skip = 0;
        if (limit < 0 || limit > MAX_LIMIT || limit == 0 && !count) limit = DEFAULT_LIMIT;
    }

    Optional<Projection> projection() {
        return keys.isBlank() ? Optional.empty() : Optional.of(new Projection(keys));
    }
}
