package io.parley.conformance.sdk;

import io.parley.conformance.own.OwnProgram;

/// This process.
///
/// @param program on Parley's own SDK
record OwnHost(OwnProgram program) implements Host {
    @Override
    public void write(String line) {
        program.hear(line);
    }

    @Override
    public String log() {
        return "the output of the tests";
    }

    @Override
    public void close() {
        program.close();
    }
}
