package io.parley.files;

import io.parley.core.file.BlobStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// Against a server that speaks S3 and checks signatures.
class S3BlobStoreTest extends BlobStoreContract {
    private static final String ACCESS_KEY = "access";
    private static final String SECRET_KEY = "secret";

    @TempDir
    static Path directory;

    private static BlobStoreContext backend;
    private static S3Proxy server;

    private final String bucket = "b" + UUID.randomUUID();

    @BeforeAll
    static void startServer() throws Exception {
        Properties properties = new Properties();
        properties.setProperty(
                "jclouds.filesystem.basedir",
                Files.createDirectories(directory.resolve("s3")).toString());
        backend = ContextBuilder.newBuilder("filesystem")
                .credentials("identity", "credential")
                .overrides(properties)
                .build(BlobStoreContext.class);
        server = S3Proxy.builder()
                .blobStore(backend.getBlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                .build();
        server.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.stop();
        backend.close();
    }

    @Override
    BlobStore open() throws IOException {
        backend.getBlobStore().createContainerInLocation(null, bucket);
        return new S3BlobStore(
                new S3BlobStore.Bucket(
                        Optional.of(URI.create("http://127.0.0.1:" + server.getPort())),
                        "us-east-1",
                        bucket,
                        "parley/",
                        ACCESS_KEY,
                        SECRET_KEY,
                        true),
                directory.resolve("arriving"));
    }
}
