/// Rows of JSON by class and id: what applications keep beside the chat, with users and installations among it. Entry
/// classes: [io.parley.core.record.Records], and [io.parley.core.record.RecordStore] for who keeps the rows. Knows no
/// session and no conversation.
@NullMarked
package io.parley.core.record;

import org.jspecify.annotations.NullMarked;
