package io.parley.rest;

/// What answers the calls of one route: a plain blocking function, run on a virtual thread. A
/// [io.parley.core.command.Refusal] or [HttpRefusal] that it throws becomes the answer; anything else is a failure.
@FunctionalInterface
public interface Endpoint {
    Answer handle(Call call);
}
