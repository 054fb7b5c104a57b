-- Who acted, as columns to search by: computed from `actor`, so rows that are sealed already do not change. The trail is read
-- from its end, by who, what, to what and when.
ALTER TABLE audit_entry
  ADD COLUMN actor_kind VARCHAR(80) AS (SUBSTRING_INDEX(actor, ':', 1)) PERSISTENT,
  ADD COLUMN actor_identity VARCHAR(80) AS (SUBSTRING(actor, LOCATE(':', actor) + 1)) PERSISTENT,
  ADD INDEX audit_entry_at (at, id),
  ADD INDEX audit_entry_of_identity (actor_identity, at, id),
  ADD INDEX audit_entry_of_kind (actor_kind, at, id),
  ADD INDEX audit_entry_of_action (action, at, id),
  ADD INDEX audit_entry_of_subject (subject, at, id);
