-- Where statements are sent, and in which language they are written.
ALTER TABLE company
  ADD COLUMN billing_email VARCHAR(254) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN billing_language CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD CONSTRAINT company_billing_email CHECK (billing_email LIKE '_%@_%'),
  ADD CONSTRAINT company_billing_language CHECK (billing_language IN ('ja', 'en'));

-- A statement that names its parties wrongly is replaced by another with a number of its own; both are kept. The figures are
-- those of the settlement, which does not change.
CREATE TABLE statement_correction (
  settlement_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- 2 for the first correction.
  revision SMALLINT UNSIGNED NOT NULL,
  number VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  corrected_on DATE NOT NULL,
  reason VARCHAR(300) NOT NULL,
  -- As in settlement_document.
  content LONGTEXT NOT NULL,
  checksum CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  corrected_by VARCHAR(80) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (settlement_id, revision),
  UNIQUE KEY statement_correction_number (number),
  CONSTRAINT statement_correction_of FOREIGN KEY (settlement_id) REFERENCES statement_file (settlement_id),
  CONSTRAINT statement_correction_content CHECK (JSON_VALID(content)),
  CONSTRAINT statement_correction_revision CHECK (revision >= 2)
);

CREATE TRIGGER statement_correction_follows BEFORE INSERT ON statement_correction FOR EACH ROW
  IF NEW.revision <> (SELECT COALESCE(MAX(revision), 1) + 1 FROM statement_correction WHERE settlement_id = NEW.settlement_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'statement_correction_follows: each corrects the one before it';
  END IF;

CREATE TRIGGER statement_correction_is_final BEFORE UPDATE ON statement_correction FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'statement_correction_is_final: a correction is corrected by another';

CREATE TRIGGER statement_correction_stays BEFORE DELETE ON statement_correction FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'statement_correction_stays: a company was sent it';
