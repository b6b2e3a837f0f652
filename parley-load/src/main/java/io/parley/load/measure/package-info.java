/// What a run measures: time distributions, processor time and memory of both ends, order and completeness of
/// deliveries. Entry classes: [io.parley.load.measure.Report] and [io.parley.load.measure.SequenceCheck].
@NullMarked
package io.parley.load.measure;

import org.jspecify.annotations.NullMarked;
