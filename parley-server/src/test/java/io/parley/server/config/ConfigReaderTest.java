package io.parley.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.parley.core.app.AppSettings;
import io.parley.core.command.AppId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
    @TempDir
    Path folder;

    private final ConfigReader reader = new ConfigReader();

    @Test
    void without_anything_said_the_defaults_hold() {
        assertThat(reader.read()).isEqualTo(ServerConfig.DEFAULT);
    }

    @Test
    void flags_win_over_the_environment_which_wins_over_the_file() throws IOException {
        ServerConfig config = reader.file(yaml("""
                        host: 10.0.0.1
                        port: 1001
                        data: from-file
                        """))
                .environment(Map.of("PARLEY_PORT", "1002", "PARLEY_DATA", "from-environment"))
                .flag("--port", "port", "1003")
                .read();

        assertThat(config.listen().port()).isEqualTo(1003);
        assertThat(config.data()).isEqualTo(Path.of("from-environment"));
        assertThat(config.listen().host()).isEqualTo("10.0.0.1");
    }

    @Test
    void a_file_may_set_everything() throws IOException {
        ServerConfig config = reader.file(yaml("""
                        host: "::"
                        port: 8443
                        plainPort: 8080
                        data: /var/lib/parley
                        publicUrl: https://chat.example.com
                        trustProxy: yes
                        tls:
                          cert: cert.pem
                          key: key.pem
                        drainPatience: 1m
                        log:
                          format: json
                          level: warn
                          levels:
                            io.parley.gateway: debug
                        connections:
                          maxFrameBytes: 1000
                          readTimeout: 5s
                        appDefaults:
                          maxMembers: 2000
                        apps:
                          - id: first
                            key: firstKey
                            masterKey: firstMasterKey
                            settings:
                              maxMessageBytes: 100
                              sessionTokenTtl: 7d
                              editAllowed: false
                          - id: second
                            key: secondKey
                            masterKey: secondMasterKey
                        """)).read();

        assertThat(config.listen().plainPort()).hasValue(8080);
        assertThat(config.listen().tls()).hasValue(new ServerConfig.Tls(Path.of("cert.pem"), Path.of("key.pem")));
        assertThat(config.address())
                .isEqualTo(new ServerConfig.Address(Optional.of(URI.create("https://chat.example.com")), true));
        assertThat(config.drainPatience()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.log())
                .isEqualTo(new ServerConfig.Log(
                        ServerConfig.Log.Format.JSON, "warn", Map.of("io.parley.gateway", "debug")));
        assertThat(config.connections().maxFrameBytes()).isEqualTo(1000);
        assertThat(config.connections().readTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.appDefaults().maxMembers()).isEqualTo(2000);
        AppSettings first = config.apps().getFirst().settings().orElseThrow();
        assertThat(first.maxMessageBytes()).isEqualTo(100);
        assertThat(first.sessionTokenTtl()).isEqualTo(Duration.ofDays(7));
        assertThat(first.editAllowed()).isFalse();
        assertThat(first.maxMembers()).as("not said for the app: its default").isEqualTo(2000);
        assertThat(config.apps().getLast().settings()).isEmpty();
    }

    @Test
    void a_list_is_written_as_one_in_the_file_and_with_commas_elsewhere() throws IOException {
        ServerConfig config = reader.file(yaml("""
                        appDefaults:
                          webOrigins: [https://a.example, https://b.example]
                        apps:
                          - {id: one, key: keykey, masterKey: master, settings: {webOrigins: [https://c.example]}}
                        """)).read();

        assertThat(config.appDefaults().webOrigins()).containsExactly("https://a.example", "https://b.example");
        assertThat(config.apps().getFirst().settings().orElseThrow().webOrigins())
                .containsExactly("https://c.example");
        assertThat(new ConfigReader()
                        .environment(Map.of("PARLEY_APP_DEFAULTS_WEB_ORIGINS", "https://a.example, https://b.example"))
                        .read()
                        .appDefaults()
                        .webOrigins())
                .containsExactly("https://a.example", "https://b.example");
    }

    @Test
    void every_setting_has_a_variable() {
        Map<String, String> environment = Map.of(
                "PARLEY_PUBLIC_URL", "https://chat.example.com",
                "PARLEY_TRUST_PROXY", "true",
                "PARLEY_LOG_FORMAT", "json",
                "PARLEY_CONNECTIONS_MAX_FRAME_BYTES", "77",
                "PARLEY_APP_DEFAULTS_SESSION_TOKEN_TTL", "1h");

        ServerConfig config = reader.environment(environment).read();

        assertThat(config.address().publicUrl()).hasValue(URI.create("https://chat.example.com"));
        assertThat(config.address().trustProxy()).isTrue();
        assertThat(config.log().format()).isEqualTo(ServerConfig.Log.Format.JSON);
        assertThat(config.connections().maxFrameBytes()).isEqualTo(77);
        assertThat(config.appDefaults().sessionTokenTtl()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void variables_that_kubernetes_sets_for_a_service_called_parley_are_no_settings() {
        ServerConfig config = reader.environment(
                        Map.of("PARLEY_PORT", "tcp://10.0.0.1:8080", "PARLEY_SERVICE_HOST", "x"))
                .read();

        assertThat(config).isEqualTo(ServerConfig.DEFAULT);
    }

    @Test
    void apps_come_from_all_places_and_the_strongest_place_gives_the_keys() throws IOException {
        ServerConfig config = reader.file(yaml("""
                        apps:
                          - {id: one, key: fileKey, masterKey: fileMaster, settings: {maxMembers: 7}}
                          - {id: two, key: fileKey, masterKey: fileMaster}
                        """))
                .environment(Map.of("PARLEY_APPS", "two:envKey:envMaster, three:envKey:envMaster"))
                .app("one:flagKey:flagMaster")
                .read();

        assertThat(config.apps())
                .extracting(app -> app.id().value(), ConfiguredApp::key)
                .containsExactly(tuple("one", "flagKey"), tuple("two", "envKey"), tuple("three", "envKey"));
        assertThat(config.apps().getFirst().settings().orElseThrow().maxMembers())
                .isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prot: 1                       | prot: unknown setting; allowed here: host, port, ",
                "tls: {certificate: x}         | tls.certificate: unknown setting; allowed here: cert, key",
                "connections: {maxFrame: 1}    | connections.maxFrame: unknown setting; allowed here: maxFrameBytes, ",
                "log: {level: loud}            | log.level: must be one of error, warn, info, debug, trace, off; got \"loud\"",
                "port: 99999                   | port: must be a whole number from 0 to 65535; got \"99999\"",
                "connections: {maxInboxCommands: 0}   | connections: limits of connections must be positive",
                "appDefaults: {roomInvites: some}     | appDefaults.roomInvites: must be one of ",
                "port: [1, 2]                  | port: must be a single value, not a list",
                "drainPatience: 10             | drainPatience: must be a time with its unit, such as 500ms, 10s, 5m",
                "trustProxy: maybe             | trustProxy: must be true or false; got \"maybe\"",
                "publicUrl: chat.example.com   | publicUrl: must be an address such as https://chat.example.com; got",
                "appDefaults: {maxMembers: -1} | appDefaults.maxMembers: must be a whole number from 0; got \"-1\"",
                "apps: one                     | apps: must be a list of apps",
                "apps: [one]                   | apps[0]: must have id, key and masterKey",
                "apps: [{id: a, key: bbbb}]    | apps[0]: masterKey is required",
                "apps: [{id: a b, key: bbbb, masterKey: cccc}]       | apps[0]: an app id is 1 to 64 of",
                "apps: [{id: a, key: 'b,b,b', masterKey: cccc}]      | apps[0]: a key has 4 to 128 visible characters",
                "apps: [{id: a, key: bbbb, masterKey: cccc, x: 1}]   | apps[0].x: unknown setting; allowed here: id, key",
                "apps: [{id: a, key: bbbb, masterKey: cccc, settings: {max: 1}}] | apps[0].settings.max: unknown setting",
                "tls: {cert: x}                | tls.cert: TLS needs both a certificate",
                "plainPort: 80                 | plainPort: only makes sense besides TLS",
            })
    void a_mistake_in_the_file_is_told_with_its_place_and_what_is_allowed(String yaml, String problem)
            throws IOException {
        reader.file(yaml(yaml));

        assertThatThrownBy(reader::read).isInstanceOf(ConfigException.class).hasMessageContaining(problem);
    }

    @Test
    void all_mistakes_are_told_at_once() throws IOException {
        reader.file(yaml("port: x\nhots: y\n"))
                .environment(Map.of("PARLEY_TRUST_PROXY", "perhaps"))
                .flag("--log-format", "log.format", "xml")
                .app("broken");

        List<String> problems =
                catchThrowableOfType(ConfigException.class, reader::read).problems();

        assertThat(problems)
                .anyMatch(problem -> problem.contains("parley.yaml: hots: unknown"))
                .anyMatch(problem -> problem.contains("parley.yaml: port: must be a whole number"))
                .anyMatch(problem -> problem.startsWith("PARLEY_TRUST_PROXY: must be true or false"))
                .anyMatch(problem -> problem.startsWith("--log-format: must be text or json"))
                .anyMatch(problem -> problem.startsWith("--app: an app is given as ID:KEY:MASTERKEY"))
                .hasSize(5);
    }

    @Test
    void a_file_that_is_no_yaml_is_told_with_the_line() throws IOException {
        Path file = yaml("port: 1\n  bad: [\n");

        assertThatThrownBy(() -> reader.file(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("parley.yaml:2: not valid YAML");
    }

    @Test
    void a_missing_file_is_told() {
        assertThatThrownBy(() -> reader.file(folder.resolve("nope.yaml")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there is no readable file");
    }

    @Test
    void a_file_of_comments_changes_nothing() throws IOException {
        assertThat(reader.file(yaml("# nothing yet\n")).read()).isEqualTo(ServerConfig.DEFAULT);
    }

    @Test
    void keys_do_not_show_when_a_configuration_is_printed() {
        ServerConfig config = reader.app("one:secretKey:secretMaster").read();

        assertThat(config.toString()).contains("one").doesNotContain("secret");
        assertThat(config.apps().getFirst().on(AppSettings.DEFAULT).id()).isEqualTo(new AppId("one"));
    }

    private Path yaml(String text) throws IOException {
        return Files.writeString(folder.resolve("parley.yaml"), text);
    }
}
