-- What has happened, appended by the use case that did it in its own transaction. An identifier says nothing about the order of
-- commits. A number for each company is given when events are published; until then there is none.
CREATE TABLE event (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  type VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject_kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject_id VARCHAR(70) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  company_id INT UNSIGNED NULL,
  occurred_at DATETIME(3) NOT NULL,
  snapshot LONGTEXT NOT NULL,
  INDEX event_of_subject (subject_kind, subject_id),
  INDEX event_of_company (company_id, id),
  CONSTRAINT event_snapshot CHECK (JSON_VALID(snapshot)),
  CONSTRAINT event_type CHECK (type LIKE CONCAT(subject_kind, '.%'))
);

CREATE TRIGGER event_is_final BEFORE UPDATE ON event FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'event_is_final: what has happened does not change';

CREATE TRIGGER event_stays BEFORE DELETE ON event FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'event_stays: what has happened is not forgotten';
