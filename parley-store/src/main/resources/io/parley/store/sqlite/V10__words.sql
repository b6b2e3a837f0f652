-- Words that an app does not want to see in messages, as they were given over REST.
CREATE TABLE word_list (
    app   TEXT PRIMARY KEY,
    words TEXT NOT NULL -- JSON object
) STRICT, WITHOUT ROWID;
