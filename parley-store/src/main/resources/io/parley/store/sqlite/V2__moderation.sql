-- Who may do what in a conversation. Rows of clients without rules do not exist.

CREATE TABLE member_role (
    conversation INTEGER NOT NULL,
    client       TEXT NOT NULL,
    role         TEXT NOT NULL, -- as the protocol spells it; the owner is the conversation's creator
    PRIMARY KEY (conversation, client)
) STRICT, WITHOUT ROWID;

CREATE TABLE silenced (
    ordinal      INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL,
    client       TEXT NOT NULL,
    UNIQUE (conversation, client)
) STRICT;

CREATE TABLE blocked (
    ordinal      INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL,
    client       TEXT NOT NULL,
    UNIQUE (conversation, client)
) STRICT;
