-- Which chat room a client listens in, or listened in until its connection dropped.
CREATE TABLE room_listener (
    app    TEXT NOT NULL,
    client TEXT NOT NULL,
    room   TEXT NOT NULL,
    PRIMARY KEY (app, client)
) STRICT, WITHOUT ROWID;

CREATE INDEX conversation_by_expiry ON conversation (expires_at) WHERE expires_at IS NOT NULL;
