-- Work for later. Empty while nothing is switched on that needs it.

-- Jobs of a lane are done one after the other.
CREATE TABLE outbox_lane (
    number   INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again: a late settlement must find nothing
    app      TEXT NOT NULL,
    purpose  TEXT NOT NULL,
    lane     TEXT NOT NULL,
    due_at   INTEGER NOT NULL,                  -- while claimed: when the claim runs out
    claim    INTEGER NOT NULL DEFAULT 0,        -- how many there were
    claimed  INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,        -- failures in a row
    waiting  INTEGER NOT NULL,                  -- jobs; a lane without jobs is deleted
    UNIQUE (app, purpose, lane)
) STRICT;
CREATE INDEX outbox_lane_by_time ON outbox_lane (app, purpose, due_at);

CREATE TABLE outbox_job (
    lane     INTEGER NOT NULL,
    number   INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    payload  TEXT NOT NULL, -- JSON
    PRIMARY KEY (lane, number)
) STRICT, WITHOUT ROWID;

-- Jobs that were given up.
CREATE TABLE outbox_dead (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    app      TEXT NOT NULL,
    purpose  TEXT NOT NULL,
    lane     TEXT NOT NULL,
    payload  TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    died_at  INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    reason   TEXT NOT NULL
) STRICT;
CREATE INDEX outbox_dead_by_app ON outbox_dead (app, number);
