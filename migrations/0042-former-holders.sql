-- The part that a person had on a line whose IDs ended because it went to another holder: for some months they read what was
-- theirs. NULL for IDs that ended otherwise, which open nothing.
ALTER TABLE subscriber
  ADD COLUMN left_as VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD CONSTRAINT subscriber_left_as CHECK (left_as IS NULL OR (left_as IN ('holder', 'person') AND state = 'ended'));

-- The page on which somebody of the line asked for an ID: posted twice, it makes one.
ALTER TABLE subscriber
  ADD COLUMN issue_key CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD CONSTRAINT subscriber_issue_key UNIQUE (line_id, issue_key);
