package io.parley.files;

import io.parley.core.file.BlobKey;
import io.parley.core.file.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Blobs as objects of a bucket, named `PREFIXAPP/KEY`, in Amazon S3 or whatever speaks its language. Uploads
/// pass through a local folder, because S3 must know their length before. Thread-safe.
public final class S3BlobStore implements BlobStore {
    private static final Logger log = LoggerFactory.getLogger(S3BlobStore.class);

    private final S3Client s3;
    private final Bucket bucket;
    private final Path arriving;

    /// Where blobs are kept.
    ///
    /// @param endpoint absent: Amazon's own of the region
    /// @param prefix before all names; may be empty
    /// @param pathStyle the bucket stands in the path of URLs, not in their host
    public record Bucket(
            Optional<URI> endpoint,
            String region,
            String name,
            String prefix,
            String accessKey,
            String secretKey,
            boolean pathStyle) {
        @Override
        public String toString() {
            return "Bucket[" + name + "]"; // keys never reach a log
        }
    }

    /// @param arriving folder for uploads under way; made when missing
    public S3BlobStore(Bucket bucket, Path arriving) throws IOException {
        this.bucket = bucket;
        this.arriving = Files.createDirectories(arriving);
        var builder = S3Client.builder()
                .region(Region.of(bucket.region()))
                .forcePathStyle(bucket.pathStyle())
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(bucket.accessKey(), bucket.secretKey())))
                // Stores other than Amazon's do not know the newer checksums.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(UrlConnectionHttpClient.builder());
        bucket.endpoint().ifPresent(builder::endpointOverride);
        this.s3 = builder.build();
        log.info("keeping files in bucket={} endpoint={}", bucket.name(), bucket.endpoint());
    }

    private String name(BlobKey key) {
        return bucket.prefix() + key.app().value() + "/" + key.key();
    }

    @Override
    public Blob write(BlobKey key, InputStream content, long most, String contentType) throws IOException {
        try (Spool spool = Spool.of(arriving, content, most)) {
            s3.putObject(
                    request -> request.bucket(bucket.name()).key(name(key)).contentType(contentType),
                    RequestBody.fromFile(spool.path()));
        } catch (SdkException e) {
            throw failed("write", key, e);
        }
        return find(key).orElseThrow(() -> new IOException("the bucket has lost " + key));
    }

    @Override
    public Optional<Blob> find(BlobKey key) throws IOException {
        try {
            HeadObjectResponse head =
                    s3.headObject(request -> request.bucket(bucket.name()).key(name(key)));
            return Optional.of(new Blob(head.contentLength(), head.eTag().replace("\"", "")));
        } catch (NoSuchKeyException none) {
            return Optional.empty();
        } catch (SdkException e) {
            throw failed("find", key, e);
        }
    }

    @Override
    public InputStream open(BlobKey key, long from, long length) throws IOException {
        if (length == 0) return InputStream.nullInputStream();
        try {
            return s3.getObject(request ->
                    request.bucket(bucket.name()).key(name(key)).range("bytes=" + from + "-" + (from + length - 1)));
        } catch (SdkException e) {
            throw failed("read", key, e);
        }
    }

    @Override
    public void delete(BlobKey key) throws IOException {
        try {
            s3.deleteObject(request -> request.bucket(bucket.name()).key(name(key)));
        } catch (SdkException e) {
            throw failed("delete", key, e);
        }
    }

    private static IOException failed(String doing, BlobKey key, SdkException cause) {
        return new IOException("cannot " + doing + " " + key + " in the bucket: " + cause.getMessage(), cause);
    }

    @Override
    public void close() {
        s3.close();
    }
}
