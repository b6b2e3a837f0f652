/// Taking in what comes from another server: conversations, messages and the rest with their own ids and times, as
/// often as one likes. Entry class: [io.parley.core.intake.Intake].
@NullMarked
package io.parley.core.intake;

import org.jspecify.annotations.NullMarked;
