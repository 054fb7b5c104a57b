-- Who searched for people, by what and with how many results: names that are shown masked could be guessed letter by letter. What was
-- typed is not kept, because it names people. Rows are never changed.
CREATE TABLE person_search (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  actor VARCHAR(100) NOT NULL,
  kind VARCHAR(9) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  found_count TINYINT UNSIGNED NOT NULL,
  at DATETIME(3) NOT NULL,
  INDEX person_search_by_time (at, actor),
  CONSTRAINT person_search_kind CHECK (kind IN ('name', 'telephone', 'email'))
);

CREATE TRIGGER person_search_stays BEFORE UPDATE ON person_search FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'person_search_stays: a search stays on record';

-- Mails of cases that closed long ago are removed, the oldest first.
ALTER TABLE case_mail ADD INDEX case_mail_by_time (received_at, case_number, sequence);

-- The page of a company lists its open cases.
ALTER TABLE support_case ADD INDEX support_case_of_company (company_id, is_open, number);
