package io.parley.server;

import io.parley.core.file.BlobStore;
import io.parley.files.FolderBlobStore;
import io.parley.files.S3BlobStore;
import io.parley.server.config.ServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// Opens the store of uploaded files that the configuration names.
public final class BlobStores {
    private BlobStores() {}

    /// Where they are, for humans.
    public static String place(ServerConfig config) {
        return config.files()
                .s3()
                .map(s3 -> "the bucket " + s3.bucket() + " at " + s3.endpoint())
                .orElseGet(() -> "the folder " + folder(config));
    }

    private static Path folder(ServerConfig config) {
        return config.files().folder().orElse(config.data().resolve("files"));
    }

    public static BlobStore open(ServerConfig config) {
        Path folder = folder(config);
        try {
            if (config.files().s3().isEmpty()) return new FolderBlobStore(folder);
            ServerConfig.S3 s3 = config.files().s3().get();
            var bucket = new S3BlobStore.Bucket(
                    s3.endpoint(),
                    s3.region(),
                    s3.bucket(),
                    s3.prefix(),
                    s3.accessKey(),
                    s3.secretKey(),
                    s3.pathStyle());
            return new S3BlobStore(bucket, folder.resolve("arriving"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep files in " + folder, e);
        }
    }
}
