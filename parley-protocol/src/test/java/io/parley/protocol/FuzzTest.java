package io.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Frames that are damaged or made up: reading one gives a meaning or a [MalformedFrameException], never anything else,
/// and every meaning can be answered.
class FuzzTest {
    private static final int ROUNDS = 20_000;
    private static final long SEED = Long.getLong("parley.fuzz.seed", 20_160_101);
    private static final Optional<AppId> APP = Optional.of(new AppId("app"));
    private static final Optional<ClientId> TOM = Optional.of(new ClientId("tom"));
    private static final List<String> WORDS = List.of(
            "cmd",
            "op",
            "i",
            "peerId",
            "appId",
            "cid",
            "m",
            "where",
            "attr",
            "t",
            "s",
            "n",
            "msg",
            "r",
            "patches",
            "convs",
            "mid",
            "data",
            "limit",
            "l",
            "ids",
            "cids",
            "binaryMsg",
            "direction",
            "mentionPids",
            "st",
            "session",
            "conv",
            "direct",
            "ack",
            "logs",
            "read",
            "patch",
            "open",
            "start",
            "query",
            "modify",
            "add",
            "update",
            "$all",
            "__op",
            "echo",
            "login",
            "report",
            "blacklist",
            "configBitmap",
            "service");

    private final SplittableRandom random = new SplittableRandom(SEED);
    private int understood;
    private int malformed;

    @Test
    void damaged_protobuf_frames_hurt_nobody() {
        Wire wire = VectorTest.wire("lc.protobuf2.3");
        List<Vector> seeds = Vector.all();
        for (int round = 0; round < ROUNDS; round++)
            read(wire, damage(any(seeds).binary()));
        report("protobuf");
    }

    @Test
    void damaged_base64_frames_hurt_nobody() {
        Wire wire = VectorTest.wire("lc.proto2base64.1");
        List<Vector> seeds = Vector.all();
        for (int round = 0; round < ROUNDS / 2; round++) {
            byte[] text = Base64.getEncoder().encode(damage(any(seeds).binary()));
            read(wire, random.nextBoolean() ? text : damage(text));
        }
        report("base64");
    }

    @Test
    void damaged_json_frames_hurt_nobody() {
        Wire wire = VectorTest.wire("lc.json.3");
        List<Vector> seeds = Vector.all();
        for (int round = 0; round < ROUNDS; round++)
            read(wire, damage(any(seeds).json().getBytes(StandardCharsets.UTF_8)));
        report("json");
    }

    @Test
    void made_up_json_frames_hurt_nobody() {
        Wire wire = VectorTest.wire("lc.json.1");
        for (int round = 0; round < ROUNDS; round++) read(wire, object(0).getBytes(StandardCharsets.UTF_8));
        assertThat(understood).isPositive();
        System.out.println("fuzz made-up json seed=" + SEED + " understood=" + understood);
    }

    /// Well-formed protobuf with whatever in its fields.
    @Test
    void made_up_protobuf_frames_hurt_nobody() throws Exception {
        Wire wire = VectorTest.wire("lc.protobuf2.3");
        for (int round = 0; round < ROUNDS / 2; round++) {
            Frame frame = new JsonFormat().decode(VectorTest.bytes(object(0)));
            read(wire, frame.command().toByteArray());
        }
        assertThat(malformed).isZero();
    }

    private void report(String format) {
        System.out.println(
                "fuzz " + format + " seed=" + SEED + " understood=" + understood + " malformed=" + malformed);
        assertThat(understood).isPositive();
        assertThat(malformed).isPositive();
    }

    private void read(Wire wire, byte[] frame) {
        try {
            answer(wire, wire.read(ByteBuffer.wrap(frame)));
            understood++;
        } catch (MalformedFrameException expected) {
            malformed++;
        } catch (RuntimeException | StackOverflowError unexpected) {
            fail("seed " + SEED + ", frame " + HexFormat.of().formatHex(frame), unexpected);
        }
    }

    private static void answer(Wire wire, Inbound inbound) {
        switch (inbound) {
            case Inbound.Request request -> {
                wire.refusal(request, APP, TOM, Refusal.of(ErrorCode.INTERNAL_ERROR));
                wire.reply(request, APP.orElseThrow(), request.peer().orElse(TOM.orElseThrow()), new Reply.Closed());
            }
            case Inbound.Refused refused -> wire.refusal(refused, APP, refused.peer());
            case Inbound.Echo echo -> wire.echo(echo);
            case Inbound.Heartbeat beat -> wire.heartbeat();
            case Inbound.DeviceLogin login -> wire.deviceLoggedIn(login);
            case Inbound.DeviceLogout logout -> wire.deviceLoggedOut(logout);
            case Inbound.Ignored ignored -> {}
        }
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private byte[] damage(byte[] frame) {
        byte[] damaged = frame.clone();
        int changes = random.nextInt(1, 4);
        for (int change = 0; change < changes && damaged.length > 0; change++) {
            int at = random.nextInt(damaged.length);
            switch (random.nextInt(20)) {
                case 0 -> damaged = Arrays.copyOf(damaged, at);
                case 1 -> damaged = SharedFrameTest.concat(damaged, Arrays.copyOf(damaged, at));
                case 2 -> random.nextBytes(damaged);
                case 3, 4, 5 -> damaged[at] = (byte) random.nextInt(256);
                default -> damaged[at] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return damaged;
    }

    private String object(int depth) {
        StringBuilder json = new StringBuilder("{");
        int fields = random.nextInt(7);
        for (int field = 0; field < fields; field++) {
            if (field > 0) json.append(',');
            String key = depth == 0 && field < 2 ? List.of("cmd", "op").get(field) : any(WORDS);
            json.append('"').append(key).append("\":").append(value(depth));
        }
        return json.append('}').toString();
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 3 ? 7 : 9)) {
            case 0, 1, 2 -> '"' + any(WORDS) + '"';
            case 3 -> Long.toString(random.nextLong() >> random.nextInt(64));
            case 4 -> Double.toString(Double.longBitsToDouble(random.nextLong() >>> 2));
            case 5 -> any(List.of("true", "false", "null", "\"\"", "1e400", "\"\\ud800\"", "-0", "\"%s\""));
            case 6 -> '"' + "x".repeat(random.nextInt(300)) + '"';
            case 7 -> object(depth + 1);
            default -> "[" + value(depth + 1) + "," + value(depth + 1) + "]";
        };
    }
}
