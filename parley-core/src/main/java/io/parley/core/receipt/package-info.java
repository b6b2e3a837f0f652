/// Acknowledgements, read marks, receipts, unread counts. Entry class: [io.parley.core.receipt.Receipts].
@NullMarked
package io.parley.core.receipt;

import org.jspecify.annotations.NullMarked;
