-- A line invoice that names its holder, a company or a service wrongly, or a company's registration, is replaced by another with a
-- number of its own; both are kept. Items, amounts and the total are those of the invoice, which does not change.
CREATE TABLE invoice_correction (
  number VARCHAR(28) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  -- Of the invoice as it was numbered when its period closed.
  invoice_number VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- 2 for the first correction.
  revision SMALLINT UNSIGNED NOT NULL,
  corrected_on DATE NOT NULL,
  reason VARCHAR(300) NOT NULL,
  -- The holder, the companies and services of its items, and the tax of each rate that follows from their registrations.
  content LONGTEXT NOT NULL,
  checksum CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  corrected_by VARCHAR(80) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  UNIQUE KEY invoice_correction_in_order (invoice_number, revision),
  CONSTRAINT invoice_correction_of FOREIGN KEY (invoice_number) REFERENCES line_invoice (number),
  CONSTRAINT invoice_correction_content CHECK (JSON_VALID(content)),
  CONSTRAINT invoice_correction_revision CHECK (revision >= 2)
);

CREATE TRIGGER invoice_correction_follows BEFORE INSERT ON invoice_correction FOR EACH ROW
  IF NEW.revision <> (SELECT COALESCE(MAX(revision), 1) + 1 FROM invoice_correction WHERE invoice_number = NEW.invoice_number)
      OR NEW.number <> CONCAT(NEW.invoice_number, '-', NEW.revision) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'invoice_correction_follows: each corrects the one before it';
  END IF;

CREATE TRIGGER invoice_correction_is_final BEFORE UPDATE ON invoice_correction FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'invoice_correction_is_final: a correction is corrected by another';

CREATE TRIGGER invoice_correction_stays BEFORE DELETE ON invoice_correction FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'invoice_correction_stays: a holder was given it';
