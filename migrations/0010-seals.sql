-- The chain of nightly seals: each has the hash of its content, and its content names the seal of the night before.
-- The salt keys the hashes of the rows, so that nobody guesses rows from the seals that outsiders keep.
CREATE TABLE seal (
  number INT UNSIGNED NOT NULL PRIMARY KEY,
  business_date DATE NOT NULL,
  taken_at DATETIME(3) NOT NULL,
  previous_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  salt CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content LONGTEXT NOT NULL,
  CONSTRAINT seal_of_night UNIQUE (business_date),
  CONSTRAINT seal_hash UNIQUE (hash),
  CONSTRAINT seal_follows_one UNIQUE (previous_hash),
  CONSTRAINT seal_first CHECK ((number = 1) = (previous_hash IS NULL))
);

-- Which rows of a bucket a seal has: 8 bytes of the hash of each row's key, in the order of the keys. Only to tell rows
-- that are sealed from those that came later; what the rows said is in the seal.
CREATE TABLE seal_member (
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  bucket VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  number INT UNSIGNED NOT NULL,
  piece SMALLINT UNSIGNED NOT NULL,
  row_count INT UNSIGNED NOT NULL,
  fingerprints LONGBLOB NOT NULL,
  PRIMARY KEY (kind, bucket, number, piece),
  INDEX seal_member_of_seal (number)
);

CREATE TRIGGER seal_is_final BEFORE UPDATE ON seal FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'seal_is_final: a seal does not change';

CREATE TRIGGER seal_stays BEFORE DELETE ON seal FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'seal_stays: a seal is never removed';

CREATE TRIGGER seal_member_is_final BEFORE UPDATE ON seal_member FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'seal_member_is_final: a seal does not change';

CREATE TRIGGER seal_member_stays BEFORE DELETE ON seal_member FOR EACH ROW
  IF EXISTS (SELECT 1 FROM seal WHERE number = OLD.number) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'seal_member_stays: a seal does not change';
  END IF;
