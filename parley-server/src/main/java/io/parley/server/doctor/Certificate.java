package io.parley.server.doctor;

import static io.parley.server.doctor.Finding.bad;
import static io.parley.server.doctor.Finding.doubtful;
import static io.parley.server.doctor.Finding.good;

import io.parley.server.config.ServerConfig.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The certificate for TLS: readable, and valid for some time to come.
final class Certificate {
    private static final String SUBJECT = "TLS certificate";
    private static final Duration SOON = Duration.ofDays(14);

    private final Tls tls;
    private final InstantSource clock;

    Certificate(Tls tls, InstantSource clock) {
        this.tls = tls;
        this.clock = clock;
    }

    Finding look() {
        if (!Files.isReadable(tls.key())) return bad("TLS key", "cannot read " + tls.key() + "; see --tls-key");
        try (InputStream in = Files.newInputStream(tls.certificate())) {
            var certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            Instant end = certificate.getNotAfter().toInstant();
            Instant now = clock.instant();
            if (end.isBefore(now)) return bad(SUBJECT, tls.certificate() + " ended at " + end + "; get a new one");
            if (certificate.getNotBefore().toInstant().isAfter(now))
                return bad(SUBJECT, tls.certificate() + " is not valid yet; is the clock right?");
            if (end.isBefore(now.plus(SOON)))
                return doubtful(SUBJECT, tls.certificate() + " ends at " + end + "; get a new one soon");
            return good(SUBJECT, "valid until " + end);
        } catch (IOException e) {
            return bad(SUBJECT, "cannot read " + tls.certificate() + "; see --tls-cert");
        } catch (CertificateException e) {
            return bad(SUBJECT, tls.certificate() + " is not a certificate in PEM form: " + e.getMessage());
        }
    }
}
