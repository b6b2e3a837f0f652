package io.parley.conformance.java6;

import java.io.IOException;
import java.util.concurrent.CompletionException;

/** A program that holds clients of the official Java SDK 6 and does what a conformance test tells it. */
public final class Driver {
    private Driver() {}

    public static void main(String[] args) throws IOException {
        var wire = new Wire();
        var operations = new Operations();
        new Events(wire).listen();
        wire.serve(request -> {
            int id = request.getIntValue("id");
            try {
                operations
                        .run(request.getString("op"), request.getJSONObject("args"))
                        .whenComplete((result, error) -> {
                            if (error != null) {
                                wire.refuse(id, error instanceof CompletionException ? error.getCause() : error);
                            } else {
                                wire.answer(id, result);
                            }
                        });
            } catch (RuntimeException refused) {
                wire.refuse(id, refused);
            }
        });
        System.exit(0);
    }
}
