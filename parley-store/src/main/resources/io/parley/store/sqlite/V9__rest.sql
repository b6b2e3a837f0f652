-- What the application does over the REST API.

-- Clients that may not speak in a conversation for some time.
CREATE TABLE silenced_until (
    conversation INTEGER NOT NULL,
    client       TEXT NOT NULL,
    until        INTEGER NOT NULL,
    PRIMARY KEY (conversation, client)
) STRICT, WITHOUT ROWID;

-- Clients that do not want to be brought into a conversation.
CREATE TABLE refusal (
    ordinal      INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL,
    app          TEXT NOT NULL,
    client       TEXT NOT NULL,
    UNIQUE (conversation, client)
) STRICT;
CREATE INDEX refusal_by_client ON refusal (app, client, ordinal);

-- When a client was last forced off: what was signed for it until then is worthless.
CREATE TABLE kick (
    app    TEXT NOT NULL,
    client TEXT NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (app, client)
) STRICT, WITHOUT ROWID;

-- For walking through all messages of an app. New messages touch its last page only.
CREATE INDEX message_in_time ON message (timestamp);

-- Rows of messages up to here were given: a deleted one's is not given again.
CREATE TABLE given_row (
    only  INTEGER PRIMARY KEY CHECK (only = 1),
    value INTEGER NOT NULL
) STRICT;
