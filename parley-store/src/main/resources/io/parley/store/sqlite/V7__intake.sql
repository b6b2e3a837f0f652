-- Parts of archives that are in: whoever goes on with an import leaves them out.
CREATE TABLE finished_part (
    app  TEXT NOT NULL,
    part TEXT NOT NULL,
    PRIMARY KEY (app, part)
) STRICT, WITHOUT ROWID;
