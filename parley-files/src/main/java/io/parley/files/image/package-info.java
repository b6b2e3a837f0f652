/// Previews of images that strangers uploaded. Entry class: [io.parley.files.image.ImagePreviews].
@NullMarked
package io.parley.files.image;

import org.jspecify.annotations.NullMarked;
