-- What became of notifications, for a week.

CREATE TABLE push_outcome (
    app      TEXT NOT NULL,
    push     TEXT NOT NULL, -- id of the message, or of the call to /1.1/push
    device   TEXT NOT NULL, -- id of the installation
    platform TEXT NOT NULL,
    client   TEXT,
    status   TEXT NOT NULL,
    reason   TEXT NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (app, push, device)
) STRICT, WITHOUT ROWID;
CREATE INDEX push_outcome_by_time ON push_outcome (at);

-- Devices by how it ended.
CREATE TABLE push_count (
    app      TEXT NOT NULL,
    push     TEXT NOT NULL,
    platform TEXT NOT NULL,
    status   TEXT NOT NULL,
    devices  INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (app, push, platform, status)
) STRICT, WITHOUT ROWID;
CREATE INDEX push_count_by_time ON push_count (at);

-- Pushes that the application asked for.
CREATE TABLE push_record (
    app        TEXT NOT NULL,
    id         TEXT NOT NULL,
    request_id TEXT,
    request    TEXT NOT NULL,    -- JSON
    created_at INTEGER NOT NULL,
    push_at    INTEGER,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (app, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX push_record_by_time ON push_record (app, created_at);
CREATE INDEX push_record_by_request ON push_record (app, request_id, created_at) WHERE request_id IS NOT NULL;
