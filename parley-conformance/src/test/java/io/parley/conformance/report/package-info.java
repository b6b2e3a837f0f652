/// Which tests run for which SDKs, and the table of what passed. Entry class: [io.parley.conformance.report.Proves].
@NullMarked
package io.parley.conformance.report;

import org.jspecify.annotations.NullMarked;
