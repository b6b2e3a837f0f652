/// Replayable notices per client. Entry class: [io.parley.core.notice.Notices].
@NullMarked
package io.parley.core.notice;

import org.jspecify.annotations.NullMarked;
