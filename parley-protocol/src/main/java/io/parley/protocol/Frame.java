package io.parley.protocol;

import io.parley.protocol.proto.GenericCommand;
import java.util.Optional;

/// A decoded frame, with what its format could not express in the common form.
///
/// @param wrongField name of a field whose value has a wrong type; the field is left out of `command`
/// @param signatureTime a signature's timestamp as it was written, because that text is what was signed; absent: it is
///     the decimal text of the field `t`
record Frame(GenericCommand command, Optional<String> wrongField, Optional<String> signatureTime) {
    static Frame of(GenericCommand command) {
        return new Frame(command, Optional.empty(), Optional.empty());
    }

    boolean isEmpty() {
        return wrongField.isEmpty() && command.equals(GenericCommand.getDefaultInstance());
    }
}
