-- The person of a line who holds its contract, and what a person's pages need to know. TRUE or NULL, so that a unique key
-- allows one a line and any number of others.
ALTER TABLE subscriber
  ADD COLUMN is_holder BOOLEAN NULL,
  ADD COLUMN language CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN password_temporary BOOLEAN NOT NULL DEFAULT FALSE,
  ADD CONSTRAINT subscriber_one_holder UNIQUE (line_id, is_holder),
  ADD CONSTRAINT subscriber_is_holder CHECK (is_holder IS NULL OR (is_holder = TRUE AND state = 'active')),
  ADD CONSTRAINT subscriber_language CHECK (language IN ('ja', 'en'));

-- Until now nobody recorded whose an ID is: the lowest slot was issued first, with the contract.
UPDATE subscriber s
JOIN (SELECT line_id, MIN(slot) AS slot FROM subscriber WHERE state = 'active' GROUP BY line_id) first
  ON first.line_id = s.line_id AND first.slot = s.slot
SET s.is_holder = TRUE
WHERE s.state = 'active';

-- Sessions of three audiences: a session of one opens no page of another. A person sees where they are signed in.
DELETE FROM session;

ALTER TABLE session
  ADD COLUMN audience VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ADD COLUMN subscriber_id INT UNSIGNED NULL,
  ADD COLUMN account_id INT UNSIGNED NULL,
  ADD COLUMN created_at DATETIME(3) NOT NULL,
  ADD COLUMN last_seen_at DATETIME(3) NOT NULL,
  ADD COLUMN address VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN user_agent VARCHAR(255) NULL,
  ADD INDEX session_of_subscriber (subscriber_id, last_seen_at),
  ADD INDEX session_of_account (account_id, last_seen_at),
  ADD CONSTRAINT session_audience CHECK (audience IN ('subscriber', 'company', 'staff')),
  ADD CONSTRAINT session_person CHECK (
    (audience = 'subscriber' AND subscriber_id IS NOT NULL AND account_id IS NULL)
    OR (audience <> 'subscriber' AND account_id IS NOT NULL AND subscriber_id IS NULL));
