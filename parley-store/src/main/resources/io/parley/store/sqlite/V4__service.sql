-- Service conversations: who subscribes, and who sees which message. Other conversations have no rows here.

-- Clients that subscribe, that wrote to the operator, or that were sent something for them alone.
CREATE TABLE service_client (
    conversation INTEGER NOT NULL,
    client       TEXT NOT NULL,
    app          TEXT NOT NULL,
    joined_at    INTEGER,                    -- while it subscribes: it sees messages to subscribers from here on
    muted        INTEGER NOT NULL DEFAULT 0,
    delivered    INTEGER NOT NULL DEFAULT 0, -- as in member
    read         INTEGER NOT NULL DEFAULT 0,
    read_at      INTEGER NOT NULL DEFAULT 0,
    pushed_once  INTEGER NOT NULL DEFAULT 0,
    pushed_twice INTEGER NOT NULL DEFAULT 0,
    pushed_often INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (conversation, client)
) STRICT, WITHOUT ROWID;
CREATE INDEX service_client_by_client ON service_client (app, client, conversation);
CREATE INDEX subscriber ON service_client (conversation, client, joined_at, muted) WHERE joined_at IS NOT NULL;

-- What a client sees: its own entries, and those of nobody ('') from joined_at on.
CREATE TABLE service_entry (
    conversation INTEGER NOT NULL,
    client       TEXT NOT NULL, -- '' for all subscribers
    timestamp    INTEGER NOT NULL,
    row          INTEGER NOT NULL, -- of the message
    PRIMARY KEY (conversation, client, timestamp, row)
) STRICT, WITHOUT ROWID;

-- Broadcasts that clients may still receive; who has received one has an entry.
CREATE TABLE broadcast (
    row          INTEGER PRIMARY KEY, -- of the message
    app          TEXT NOT NULL,
    conversation INTEGER NOT NULL,
    timestamp    INTEGER NOT NULL,
    valid_till   INTEGER NOT NULL
) STRICT;
CREATE INDEX broadcast_by_app ON broadcast (app, row);
CREATE INDEX broadcast_by_end ON broadcast (valid_till);

-- Clients that were here at least once.
CREATE TABLE known_client (
    app       TEXT NOT NULL,
    client    TEXT NOT NULL,
    broadcast INTEGER NOT NULL, -- what is not newer was received, or was not for this client
    PRIMARY KEY (app, client)
) STRICT, WITHOUT ROWID;

-- Kinds of which there are few.
CREATE INDEX conversation_room ON conversation (app, number) WHERE kind = 2;
CREATE INDEX conversation_service ON conversation (app, number) WHERE kind = 3;
