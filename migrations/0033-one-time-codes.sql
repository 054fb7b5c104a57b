-- Codes that are mailed to the holder of a line, to sign in from elsewhere or to choose a new password. Only their keyed hashes are
-- here. A code works once, for a few minutes and a few tries.
CREATE TABLE one_time_code (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  subscriber_id INT UNSIGNED NOT NULL,
  purpose VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  code_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(3) NOT NULL,
  expires_at DATETIME(3) NOT NULL,
  tries TINYINT UNSIGNED NOT NULL,
  used_at DATETIME(3) NULL,
  INDEX one_time_code_of_subscriber (subscriber_id, purpose, id),
  INDEX one_time_code_expiry (expires_at),
  CONSTRAINT one_time_code_subscriber FOREIGN KEY (subscriber_id) REFERENCES subscriber (id),
  CONSTRAINT one_time_code_purpose CHECK (purpose IN ('sign-in', 'password')),
  CONSTRAINT one_time_code_tries CHECK (tries <= 5)
);

CREATE TRIGGER one_time_code_works_once BEFORE UPDATE ON one_time_code FOR EACH ROW
  IF OLD.used_at IS NOT NULL OR NEW.code_hash <> OLD.code_hash OR NEW.tries < OLD.tries OR NEW.expires_at > OLD.expires_at THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a one-time code works once, and only for a few tries';
  END IF;
