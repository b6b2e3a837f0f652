-- What applications keep beside the chat: users, installations, files, roles, classes of their own.
CREATE TABLE record (
    row        INTEGER PRIMARY KEY,
    app        TEXT NOT NULL,
    class      TEXT NOT NULL,
    id         TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    data       TEXT NOT NULL -- JSON object
) STRICT;
CREATE UNIQUE INDEX record_by_id ON record (app, class, id);
CREATE INDEX record_by_creation ON record (app, class, created_at, id);
CREATE INDEX record_by_change ON record (app, class, updated_at, id);

-- Values by which rows are found; some belong to one row only.
CREATE TABLE record_index (
    app    TEXT NOT NULL,
    class  TEXT NOT NULL,
    name   TEXT NOT NULL,
    value  TEXT NOT NULL,
    row    INTEGER NOT NULL,
    single INTEGER NOT NULL,
    PRIMARY KEY (app, class, name, value, row)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX record_index_single ON record_index (app, class, name, value) WHERE single = 1;
CREATE INDEX record_index_by_row ON record_index (row);
