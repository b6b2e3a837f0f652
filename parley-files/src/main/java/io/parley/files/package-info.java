/// Where the bytes of uploaded files are kept. Entry classes: [io.parley.files.FolderBlobStore] and
/// [io.parley.files.S3BlobStore]. Knows no HTTP of ours and no database.
@NullMarked
package io.parley.files;

import org.jspecify.annotations.NullMarked;
