/// The language in which clients and servers ask for documents and change them: conditions, order, projection,
/// operations. Entry classes: [io.parley.core.query.Filter] and [io.parley.core.query.Operation]. Knows JSON only,
/// neither conversations nor rows.
@NullMarked
package io.parley.core.query;

import org.jspecify.annotations.NullMarked;
