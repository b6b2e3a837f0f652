package io.parley.server.cutover;

import static io.parley.server.doctor.Finding.bad;
import static io.parley.server.doctor.Finding.doubtful;
import static io.parley.server.doctor.Finding.good;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.server.cutover.Probe.Answer;
import io.parley.server.doctor.Finding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Looks at everything that clients need when their API domain leads to this server: name, certificate, keys,
/// switches, the upstream, and what each generation of SDKs asks first. Blocks; used by one thread.
public final class CutoverCheck {
    private static final Duration SOON = Duration.ofDays(21);

    private final Plan plan;
    private final InstantSource clock;
    private final List<Finding> findings = new ArrayList<>();

    /// What shall be so.
    ///
    /// @param domain scheme and host that clients use: https://api.example.com
    /// @param address of the server, when the domain does not lead there yet
    /// @param appKey as clients have it
    /// @param masterKey as the customer's servers have it
    /// @param upstream whether paths without an answer are passed on
    public record Plan(
            URI domain,
            Optional<InetSocketAddress> address,
            String app,
            Optional<String> appKey,
            Optional<String> masterKey,
            boolean upstream) {}

    public CutoverCheck(Plan plan, InstantSource clock) {
        this.plan = plan;
        this.clock = clock;
    }

    public List<Finding> findings() {
        Optional<Probe> probe = name();
        if (probe.isEmpty() || !reach(probe.get())) return findings;
        routes(probe.get());
        keys(probe.get());
        switches(probe.get());
        upstream(probe.get());
        return findings;
    }

    private int port() {
        if (plan.domain().getPort() != -1) return plan.domain().getPort();
        return "https".equals(plan.domain().getScheme()) ? 443 : 80;
    }

    private Optional<Probe> name() {
        String host = plan.domain().getHost();
        List<InetAddress> found;
        try {
            found = List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            found = List.of();
        }
        Optional<InetAddress> wanted = plan.address().map(InetSocketAddress::getAddress);
        if (found.isEmpty()) findings.add(grade(wanted.isPresent(), "DNS", host + " leads nowhere yet"));
        else if (wanted.isEmpty() || found.contains(wanted.get()))
            findings.add(good("DNS", host + " leads to " + addresses(found)));
        else
            findings.add(doubtful(
                    "DNS",
                    host + " still leads to " + addresses(found) + ", not to "
                            + wanted.get().getHostAddress() + "; set a short TTL now"));
        if (plan.address().isPresent())
            return Optional.of(new Probe(plan.domain(), plan.address().get()));
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(new Probe(plan.domain(), new InetSocketAddress(found.getFirst(), port())));
    }

    private static Finding grade(boolean fine, String subject, String text) {
        return fine ? doubtful(subject, text) : bad(subject, text);
    }

    private static String addresses(List<InetAddress> addresses) {
        return String.join(
                ", ", addresses.stream().map(InetAddress::getHostAddress).toList());
    }

    private boolean reach(Probe probe) {
        Answer answer;
        try {
            answer = probe.get("/health");
        } catch (IOException e) {
            findings.add(
                    bad(probe.secure() ? "TLS" : "HTTP", "cannot talk to " + probe.address() + ": " + e.getMessage()));
            return false;
        }
        if (answer.certificate().isPresent()) certificate(answer.certificate().get(), answer.protocol());
        else findings.add(doubtful("TLS", "the domain is given with http: most SDKs insist on https"));
        if (answer.json().path("status").asText().equals("ok")) findings.add(good("server", "is well"));
        else findings.add(bad("server", "/health answers " + answer.status() + ": this is not a healthy Parley"));
        return true;
    }

    private void certificate(X509Certificate certificate, String protocol) {
        Instant end = certificate.getNotAfter().toInstant();
        if (end.isBefore(clock.instant().plus(SOON)))
            findings.add(doubtful("TLS", "the certificate ends at " + end + "; renew it before the cut-over"));
        else findings.add(good("TLS", protocol + ", certificate for this name until " + end));
    }

    private void routes(Probe probe) {
        route(probe, "JS 3-5, Swift, ObjC, Java, C#", "/v1/route?appId=" + plan.app() + "&secure=1");
        route(probe, "JS 2, early Android", "/v1/route?appId=" + plan.app() + "&secure=1&features=wechat&_t=1");
        for (String version : List.of("1", "2")) {
            String subject = "route /" + version;
            ask(probe, subject, "/" + version + "/route?appId=" + plan.app()).ifPresent(answer -> {
                String host = answer.json().path("rtm_router_server").asText();
                if (host.equals(probe.domain().getRawAuthority())) findings.add(good(subject, "names " + host));
                else findings.add(bad(subject, "names \"" + host + "\" instead of this domain: see publicUrl"));
            });
        }
    }

    private void route(Probe probe, String generation, String path) {
        String subject = "route " + generation;
        Optional<Answer> answer = ask(probe, subject, path);
        if (answer.isEmpty()) return;
        JsonNode json = answer.get().json();
        String socket = json.path("server").asText();
        if (answer.get().status() != 200
                || json.path("secondary").asText().isEmpty()
                || json.path("ttl").asInt() <= 0) {
            findings.add(bad(subject, "answers " + answer.get().status() + ": does the server know the app?"));
            return;
        }
        if (probe.secure() && !socket.startsWith("wss://")) {
            findings.add(bad(subject, "names " + socket + ", which is not encrypted: see publicUrl and trustProxy"));
            return;
        }
        findings.add(socket(probe, subject, URI.create(socket)));
    }

    private static Finding socket(Probe probe, String subject, URI socket) {
        boolean same = socket.getHost().equals(probe.domain().getHost());
        int port = socket.getPort() != -1 ? socket.getPort() : "wss".equals(socket.getScheme()) ? 443 : 80;
        InetSocketAddress at = same && socket.getPort() == probe.domain().getPort()
                ? probe.address()
                : new InetSocketAddress(socket.getHost(), port);
        try {
            int status = new Probe(socket, at).upgrade("/").status();
            return status == 101
                    ? good(subject, "leads to " + socket + ", which takes WebSockets")
                    : bad(subject, socket + " answers " + status + " to WebSockets: does the proxy pass Upgrade on?");
        } catch (IOException e) {
            return bad(subject, "cannot reach " + socket + ": " + e.getMessage());
        }
    }

    private Optional<Answer> ask(Probe probe, String subject, String path, String... headers) {
        try {
            return Optional.of(probe.get(path, headers));
        } catch (IOException e) {
            findings.add(bad(subject, path + " gives no answer: " + e.getMessage()));
            return Optional.empty();
        }
    }

    private void keys(Probe probe) {
        if (plan.appKey().isPresent()) {
            int status = statusOf(probe, "app key", "/1.1/date", plan.appKey().get());
            if (status == 200) findings.add(good("app key", "is known"));
            else if (status != 0)
                findings.add(bad("app key", "is refused with " + status + ": use the app's old keys"));
        } else findings.add(doubtful("app key", "not checked: give --app-key-file"));
        if (plan.masterKey().isEmpty()) findings.add(doubtful("master key", "not checked: give --master-key-file"));
    }

    private int statusOf(Probe probe, String subject, String path, String key) {
        return ask(probe, subject, path, "X-LC-Id", plan.app(), "X-LC-Key", key)
                .map(Answer::status)
                .orElse(0);
    }

    private void switches(Probe probe) {
        if (plan.masterKey().isEmpty()) return;
        Optional<Answer> answer = ask(
                probe,
                "master key",
                "/x/import/switches",
                "X-LC-Id",
                plan.app(),
                "X-LC-Key",
                plan.masterKey().get() + ",master");
        if (answer.isEmpty()) return;
        if (answer.get().status() != 200) {
            findings.add(bad("master key", "is refused with " + answer.get().status() + ": use the app's old keys"));
            return;
        }
        findings.add(good("master key", "is known"));
        TreeMap<String, String> switches = new TreeMap<>();
        answer.get()
                .json()
                .properties()
                .forEach(entry -> switches.put(entry.getKey(), entry.getValue().asBoolean() ? "on" : "off"));
        findings.add(good("switches", "compare with the console: " + switches));
    }

    private void upstream(Probe probe) {
        Optional<Answer> answer = ask(probe, "upstream", "/1.1/parley-cutover-check");
        if (answer.isEmpty()) return;
        boolean ours = answer.get().body().contains("There is nothing at /1.1/parley-cutover-check");
        int status = answer.get().status();
        if (ours)
            findings.add(
                    plan.upstream()
                            ? bad("upstream", "paths without an answer are not passed on: see upstream.url")
                            : good("upstream", "none: paths without an answer get 404"));
        else if (Arrays.asList(502, 504, 508).contains(status))
            findings.add(bad(
                    "upstream",
                    "answers " + status + ": "
                            + answer.get().json().path("error").asText()));
        else if (!answer.get().isJson())
            findings.add(doubtful("upstream", "answers " + status + ", but not in JSON, which SDKs stumble over"));
        else findings.add(good("upstream", "answers " + status + " to what is not known here"));
    }
}
