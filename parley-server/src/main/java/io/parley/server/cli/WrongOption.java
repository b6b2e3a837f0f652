package io.parley.server.cli;

/// An option that is missing or makes no sense, said in a sentence for whoever typed it.
final class WrongOption extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongOption(String sentence) {
        super(sentence, null, false, false);
    }
}
