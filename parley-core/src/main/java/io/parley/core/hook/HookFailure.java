package io.parley.core.hook;

/// A hook could not be asked or told, or gave no answer that makes sense. The message says why, for the operator.
public final class HookFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public HookFailure(String reason) {
        super(reason, null, false, false);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
