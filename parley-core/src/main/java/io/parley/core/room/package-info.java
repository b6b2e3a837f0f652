/// Chat rooms: who listens now, and who is put back after a drop. Entry class: [io.parley.core.room.Rooms].
@NullMarked
package io.parley.core.room;

import org.jspecify.annotations.NullMarked;
