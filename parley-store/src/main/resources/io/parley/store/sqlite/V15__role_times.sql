-- When members were given their roles. Of those from before, only the conversation's last change is known.
ALTER TABLE member_role ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE member_role ADD COLUMN updated_at INTEGER NOT NULL DEFAULT 0;
UPDATE member_role
    SET created_at = coalesce((SELECT c.updated_at FROM conversation c WHERE c.number = member_role.conversation), 0),
        updated_at = coalesce((SELECT c.updated_at FROM conversation c WHERE c.number = member_role.conversation), 0);
