package io.parley.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.sdk.StorageRun;
import io.parley.testing.ParleyServer;
import io.parley.testing.TestEngine;
import io.parley.testing.TestEngine.Answer;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Devices that an official SDK registers get what their owners miss. Source: semantics 13, rest 15; seed S-124.
class DevicePushTest {
    private static final String VENDOR = "/v3/message/regid";

    @Test
    void a_device_that_an_sdk_saved_is_notified_as_long_as_it_listens_to_its_owner(@TempDir Path folder)
            throws Exception {
        Path credentials = folder.resolve("xiaomi.json");
        try (TestEngine vendor = TestEngine.start()) {
            vendor.define(VENDOR, call -> new Answer(200, "{\"code\":0,\"data\":{}}"));
            Files.writeString(credentials, "{\"appSecret\":\"s\",\"endpoint\":\"" + vendor.url() + "\"}");
            try (var server = ParleyServer.with()
                    .set("outbound.allowPrivate", "true")
                    .set("appDefaults.push.content", "{\"alert\":\"${fromClientId} wrote\"}")
                    .set("appDefaults.push.xiaomi", credentials.toString())
                    .start()) {
                assertThat(StorageRun.ofJavaScript(server, "push.js"))
                        .containsExactly(
                                "ok register the devices",
                                "ok let one of them listen no longer",
                                "ok write to somebody who has gone",
                                "ok write to somebody whose device no longer listens");

                // All devices of a message are in one call: who is not named in it is not notified of it.
                List<List<String>> calls = List.of(fields(vendor), fields(vendor));
                assertThat(calls).allSatisfy(fields -> assertThat(fields).contains("description=Jerry wrote"));
                assertThat(calls)
                        .extracting(fields -> fields.stream()
                                .filter(field -> field.startsWith("registration_id="))
                                .findFirst()
                                .orElse(""))
                        .containsExactlyInAnyOrder("registration_id=token-of-Tom", "registration_id=token-of-Mary");
                assertThat(vendor.calls(VENDOR)).isEmpty();
            }
        }
    }

    private static List<String> fields(TestEngine vendor) throws InterruptedException {
        return Arrays.stream(new String(vendor.next(VENDOR).bytes(), UTF_8).split("&"))
                .map(field -> URLDecoder.decode(field, UTF_8))
                .toList();
    }
}
