-- Devices are found by the registration ids that vendors gave them.
INSERT OR IGNORE INTO record_index (app, class, name, value, row, single)
    SELECT app, class, 'registrationId', json_extract(data, '$.registrationId'), row, 0
    FROM record
    WHERE class = '_Installation'
      AND json_type(data, '$.registrationId') = 'text'
      AND json_extract(data, '$.registrationId') <> '';
