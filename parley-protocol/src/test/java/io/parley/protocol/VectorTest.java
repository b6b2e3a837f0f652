package io.parley.protocol;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.core.command.Capabilities;
import io.parley.core.command.SessionCommand.Open;
import io.parley.protocol.proto.GenericCommand;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every row of the tables, in both directions and in all three formats.
class VectorTest {
    private static final Map<String, Inbound> INBOUND = InboundMeanings.all();
    private static final Map<String, Function<Wire, byte[]>> OUTBOUND = OutboundMeanings.all();
    private static final Wire PROTOBUF = wire("lc.protobuf2.3");
    private static final Wire BASE64 = wire("lc.proto2base64.3");
    private static final Wire JSON = wire("lc.json.3");

    static List<Vector> fromClients() {
        return Vector.fromClients();
    }

    static List<Vector> toClients() {
        return Vector.toClients();
    }

    @Test
    void every_row_has_a_meaning_and_every_meaning_a_row() {
        assertThat(titles(fromClients())).isEqualTo(INBOUND.keySet());
        assertThat(titles(toClients())).isEqualTo(OUTBOUND.keySet());
    }

    @ParameterizedTest
    @MethodSource("fromClients")
    void a_clients_frame_means_the_same_in_every_format(Vector vector) throws Exception {
        Inbound meaning = requireNonNull(INBOUND.get(vector.title()));
        assertThat(PROTOBUF.read(ByteBuffer.wrap(vector.binary()))).isEqualTo(meaning);
        assertThat(PROTOBUF.read(outsideTheHeap(vector.binary()))).isEqualTo(meaning);
        assertThat(BASE64.read(ByteBuffer.wrap(base64(vector.binary())))).isEqualTo(meaning);
        assertThat(JSON.read(bytes(vector.json()))).isEqualTo(ofLegacyJson(meaning));
    }

    /// A login by JSON can what the clients of its time could.
    private static Inbound ofLegacyJson(Inbound meaning) {
        if (!(meaning instanceof Inbound.Request request) || !(request.command() instanceof Open open)) return meaning;
        Capabilities capabilities =
                open.capabilities().orElse(Capabilities.NONE).ofLegacyJson();
        return new Inbound.Request(request.app(), request.peer(), request.i(), open.with(capabilities));
    }

    /// What the load tool and other clients of ours write.
    @ParameterizedTest
    @MethodSource("fromClients")
    void a_clients_frame_is_written_as_the_table_says(Vector vector) throws Exception {
        GenericCommand command = new JsonFormat().decode(bytes(vector.json())).command();
        assertThat(new ProtobufFormat().encode(command)).isEqualTo(vector.binary());
        assertThat(new Base64Format().encode(command)).isEqualTo(base64(vector.binary()));
    }

    @ParameterizedTest
    @MethodSource("toClients")
    void a_servers_frame_is_written_as_the_table_says(Vector vector) throws Exception {
        Function<Wire, byte[]> meaning = requireNonNull(OUTBOUND.get(vector.title()));
        GenericCommand expected = GenericCommand.parseFrom(vector.binary());
        byte[] written = meaning.apply(PROTOBUF);
        assertThat(GenericCommand.parseFrom(written)).isEqualTo(expected);
        assertThat(written).hasSameSizeAs(vector.binary());
        if (expected.hasI()) assertThat(written).isEqualTo(vector.binary());
        assertThat(Base64.getDecoder().decode(meaning.apply(BASE64))).isEqualTo(written);
        assertThat(tree(new String(meaning.apply(JSON), StandardCharsets.UTF_8)))
                .isEqualTo(tree(vector.json()));
    }

    /// So that test and load clients understand them.
    @ParameterizedTest
    @MethodSource("toClients")
    void a_servers_frame_can_be_read_back(Vector vector) throws Exception {
        GenericCommand expected = GenericCommand.parseFrom(vector.binary());
        assertThat(new ProtobufFormat().decode(ByteBuffer.wrap(vector.binary())).command())
                .isEqualTo(expected);
        assertThat(new Base64Format()
                        .decode(ByteBuffer.wrap(base64(vector.binary())))
                        .command())
                .isEqualTo(expected);
    }

    private static Set<String> titles(List<Vector> vectors) {
        Set<String> titles = new HashSet<>();
        for (Vector vector : vectors)
            assertThat(titles.add(vector.title())).as(vector.title()).isTrue();
        return titles;
    }

    static Wire wire(String name) {
        return Wire.negotiate(List.of(name), Optional.empty()).orElseThrow();
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer outsideTheHeap(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private static byte[] base64(byte[] bytes) {
        return Base64.getEncoder().encode(bytes);
    }

    private static JsonNode tree(String json) throws Exception {
        return new ObjectMapper().readTree(json);
    }
}
