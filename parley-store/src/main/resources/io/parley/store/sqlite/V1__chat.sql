-- Times are milliseconds since the epoch. A conversation is named by its number everywhere but in its own row.

CREATE TABLE app (
    id         TEXT PRIMARY KEY,
    key        TEXT NOT NULL,
    master_key TEXT NOT NULL,
    settings   TEXT NOT NULL -- JSON object; what is missing takes its default
) STRICT, WITHOUT ROWID;

CREATE TABLE secret (
    only  INTEGER PRIMARY KEY CHECK (only = 1),
    value BLOB NOT NULL
) STRICT;

CREATE TABLE conversation (
    number     INTEGER PRIMARY KEY,
    app        TEXT NOT NULL,
    id         TEXT NOT NULL,
    kind       INTEGER NOT NULL,
    creator    TEXT,
    attributes TEXT NOT NULL, -- JSON object
    unique_id  TEXT,          -- digest of the members, while the conversation is unique by them
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    expires_at INTEGER
) STRICT;
CREATE UNIQUE INDEX conversation_by_id ON conversation (app, id);
-- Not unique: different member sets can have the same digest.
CREATE INDEX conversation_by_digest ON conversation (app, unique_id) WHERE unique_id IS NOT NULL;

CREATE TABLE member (
    conversation INTEGER NOT NULL,
    client       TEXT NOT NULL,
    app          TEXT NOT NULL,
    ordinal      INTEGER NOT NULL,           -- order of coming
    muted        INTEGER NOT NULL DEFAULT 0,
    delivered    INTEGER NOT NULL DEFAULT 0, -- delivery mark, written behind
    read         INTEGER NOT NULL DEFAULT 0, -- read mark
    read_at      INTEGER NOT NULL DEFAULT 0, -- when the read mark moved
    pushed_once  INTEGER NOT NULL DEFAULT 0, -- offline messages up to here were pushed at least once,
    pushed_twice INTEGER NOT NULL DEFAULT 0, -- twice,
    pushed_often INTEGER NOT NULL DEFAULT 0, -- three times
    PRIMARY KEY (conversation, client)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_by_client ON member (app, client, conversation);

-- Messages in the order of arrival, whatever their conversation: appending touches the last page only.
CREATE TABLE message (
    row          INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL,
    position     INTEGER NOT NULL,
    timestamp    INTEGER NOT NULL,
    id           ANY NOT NULL,     -- integer: the random part of an id made here; text: an imported id
    sender       TEXT NOT NULL,
    token        TEXT,
    receipt      INTEGER,          -- 1 or nothing
    delivered_at INTEGER NOT NULL, -- negative until delivered; so wide that the row keeps its size then
    patched_at   INTEGER,
    recalled     INTEGER,          -- 1 or nothing
    mentions     TEXT,             -- JSON object
    push_data    TEXT,
    content      ANY NOT NULL      -- text or blob
) STRICT;
CREATE INDEX message_by_time ON message (conversation, timestamp);
CREATE INDEX message_with_receipt ON message (conversation, timestamp) WHERE receipt = 1;

-- The newest message of each conversation, once more in a small place.
CREATE TABLE head (
    conversation INTEGER PRIMARY KEY,
    position     INTEGER NOT NULL,
    timestamp    INTEGER NOT NULL,
    row          INTEGER NOT NULL
) STRICT;

-- The latest change of each recently edited or recalled message.
CREATE TABLE patch (
    conversation INTEGER NOT NULL,
    patched_at   INTEGER NOT NULL,
    row          INTEGER NOT NULL,
    PRIMARY KEY (conversation, patched_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX patch_by_time ON patch (patched_at);

CREATE TABLE notice (
    at   INTEGER PRIMARY KEY, -- server time, unique in the store
    body TEXT NOT NULL        -- JSON object
) STRICT;

CREATE TABLE notice_recipient (
    app    TEXT NOT NULL,
    client TEXT NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (app, client, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_recipient_by_time ON notice_recipient (at);
