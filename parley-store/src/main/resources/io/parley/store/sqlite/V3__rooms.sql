-- Which chat room a client listens in, or listened in until its connection dropped.
CREATE TABLE room_listener (
    app    TEXT NOT NULL,
    client TEXT NOT NULL,
    room   TEXT NOT NULL,
    PRIMARY KEY (app, client)
) STRICT, WITHOUT ROWID;
