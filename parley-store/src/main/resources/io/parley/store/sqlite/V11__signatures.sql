-- Signatures that were used, in apps that take each only once.
CREATE TABLE used_signature (
    app       TEXT NOT NULL,
    signature TEXT NOT NULL,
    until     INTEGER NOT NULL, -- it is too old from then on
    PRIMARY KEY (app, signature)
) STRICT, WITHOUT ROWID;
CREATE INDEX used_signature_by_end ON used_signature (until);
