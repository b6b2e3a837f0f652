package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.sdk.StorageRun;
import io.parley.testing.ParleyServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the official SDKs do beside the chat, and with it: users, objects, files, devices, conversations as
/// objects, and pictures in messages. Source: rest 5, 13 to 17, 23.
class StorageTest {
    @RegisterExtension
    static final ParleyServer server = ParleyServer.with().create();

    @Test
    void the_javascript_sdk_finds_all_it_asks_for() {
        assertThat(StorageRun.ofJavaScript(server))
                .containsExactly(
                        "ok sign up",
                        "ok log in",
                        "ok change the current user",
                        "ok sign up anonymously",
                        "ok save, query, change and delete objects",
                        "ok guard objects with an ACL",
                        "ok relate objects",
                        "ok upload a file",
                        "ok upload a large file from a stream",
                        "ok name a file that is kept elsewhere",
                        "ok register an installation",
                        "ok make a conversation and send into it",
                        "ok log in to the chat as the user, and send a picture");
    }

    @Test
    void the_java_sdk_finds_all_it_asks_for() {
        assertThat(StorageRun.ofJava())
                .containsExactly(
                        "ok sign up",
                        "ok log in",
                        "ok change the current user",
                        "ok save, query, change and delete objects",
                        "ok upload a file",
                        "ok register an installation",
                        "ok name a file that is kept elsewhere",
                        "ok log in to the chat as the user, and send a picture");
    }
}
