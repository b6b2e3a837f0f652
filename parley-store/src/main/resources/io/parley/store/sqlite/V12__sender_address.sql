-- Where a message was sent from. Nothing for those of the application, and where addresses are not kept.
ALTER TABLE message ADD COLUMN address TEXT;
