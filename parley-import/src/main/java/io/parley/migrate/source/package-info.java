/// Where archives come from: an app's REST interface, or the files of a console export. Entry classes:
/// [io.parley.migrate.source.Crawl] and [io.parley.migrate.source.Exports].
@NullMarked
package io.parley.migrate.source;

import org.jspecify.annotations.NullMarked;
