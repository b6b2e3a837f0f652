-- Messages that still grow: what the next start ends, when the process that writes them cannot.
CREATE TABLE unfinished (
    app          TEXT NOT NULL,
    conversation TEXT NOT NULL,
    id           TEXT NOT NULL,
    timestamp    INTEGER NOT NULL,
    PRIMARY KEY (app, conversation, id)
) STRICT, WITHOUT ROWID;
