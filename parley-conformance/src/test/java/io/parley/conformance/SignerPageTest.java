package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Scenes;
import io.parley.conformance.sdk.WireClient;
import io.parley.conformance.sdk.WithSettings;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.ConvCommand;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.OpType;
import io.parley.protocol.proto.SessionCommand;
import io.parley.testing.TestApp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs the signers of docs/signatures.md as they stand there, and takes what they give to a server that asks for it.
@WithSettings({
    Settings.LOGIN_SIGNATURE,
    Settings.CONVERSATION_SIGNATURE,
    Settings.BLACKLIST_SIGNATURE,
    Settings.BLACKLIST
})
@ExtendWith(Scenes.class)
class SignerPageTest {
    private static final Path PAGE = Path.of("..", "docs", "signatures.md");

    @TempDir
    Path folder;

    /// Those whose language the build has anyway.
    enum Language {
        JS("signer.js", """
                %s
                const [app, key, client, conversation, members, action] = process.argv.slice(2);
                const options = { members: members ? members.split(',') : [] };
                if (conversation) options.conversation = conversation;
                if (action) options.action = action;
                const { signature, timestamp, nonce } = sign(app, key, client, options);
                console.log(signature, timestamp, nonce);
                """, "node"),
        JAVA(
                "Signer.java",
                """
                import java.nio.charset.StandardCharsets;
                import java.security.*;
                import java.util.*;
                import java.util.stream.Collectors;
                import javax.crypto.Mac;
                import javax.crypto.spec.SecretKeySpec;

                class Signer {
                %s
                    public static void main(String[] given) throws Exception {
                        var members = given[4].isEmpty() ? List.<String>of() : List.of(given[4].split(","));
                        var signed = sign(given[0], given[1], given[2], given[3].isEmpty() ? null : given[3], members,
                                given[5].isEmpty() ? null : given[5]);
                        System.out.println(
                                signed.get("signature") + " " + signed.get("timestamp") + " " + signed.get("nonce"));
                    }
                }
                """,
                Path.of(System.getProperty("java.home"), "bin", "java").toString());

        private final String file;
        private final String program;
        private final String runner;

        Language(String file, String program, String runner) {
            this.file = file;
            this.program = program;
            this.runner = runner;
        }
    }

    private record Signature(String text, long timestamp, String nonce) {}

    @ParameterizedTest
    @EnumSource
    void what_the_signer_on_the_page_signs_is_allowed(Language language, Scene scene) throws Exception {
        writes(language);
        WireClient tom = scene.rawClient("tom", "");

        Signature login = signs(language, tom.id(), "", List.of(), "");
        GenericCommand opened = tom.asks(tom.login()
                .setSessionMessage(SessionCommand.newBuilder()
                        .setUa("raw")
                        .setS(login.text)
                        .setT(login.timestamp)
                        .setN(login.nonce)));
        assertThat(opened.getOp()).as(opened.toString()).isEqualTo(OpType.opened);

        List<String> members = List.of("zoe", tom.id(), "anna"); // to be sorted
        Signature creation = signs(language, tom.id(), "", members, "");
        GenericCommand started = tom.asks(conversation(OpType.start, creation, members));
        assertThat(started.getOp()).as(started.toString()).isEqualTo(OpType.started);
        String chat = started.getConvMessage().getCid();

        Signature invitation = signs(language, tom.id(), chat, List.of("mary"), "invite");
        assertThat(tom.asks(conversation(OpType.add, invitation, List.of("mary"), chat))
                        .getOp())
                .isEqualTo(OpType.added);
        Signature removal = signs(language, tom.id(), chat, List.of("mary"), "kick");
        assertThat(tom.asks(conversation(OpType.remove, removal, List.of("mary"), chat))
                        .getOp())
                .isEqualTo(OpType.removed);
        assertThat(tom.isRefused(conversation(OpType.add, removal, List.of("mary"), chat)))
                .as("a signature for a removal does not invite")
                .isEqualTo(4302);
    }

    private static GenericCommand.Builder conversation(OpType op, Signature signature, List<String> members) {
        return conversation(op, signature, members, "");
    }

    private static GenericCommand.Builder conversation(
            OpType op, Signature signature, List<String> members, String chat) {
        ConvCommand.Builder command = ConvCommand.newBuilder()
                .addAllM(members)
                .setS(signature.text)
                .setT(signature.timestamp)
                .setN(signature.nonce);
        if (!chat.isEmpty()) command.setCid(chat);
        return GenericCommand.newBuilder().setCmd(CommandType.conv).setOp(op).setConvMessage(command);
    }

    private void writes(Language language) throws IOException {
        Matcher block = Pattern.compile(
                        "```" + language.name().toLowerCase(java.util.Locale.ROOT) + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE));
        assertThat(block.find()).as("a signer in %s on %s", language, PAGE).isTrue();
        Files.writeString(folder.resolve(language.file), language.program.formatted(block.group(1)));
    }

    private Signature signs(Language language, String client, String conversation, List<String> members, String action)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(language.runner, language.file, TestApp.ID, TestApp.MASTER_KEY));
        command.addAll(List.of(client, conversation, String.join(",", members), action));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        String[] parts = printed.split(" ");
        assertThat(parts).as(printed).hasSize(3);
        return new Signature(parts[0], Long.parseLong(parts[1]), parts[2]);
    }
}
