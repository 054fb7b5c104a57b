-- What the carrier collected of its invoices, and what of the rest comes back from companies. Rows of the carrier's files stay
-- as they came; how far an invoice is collected follows from the set of its rows.
CREATE TABLE collection_import (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  kind VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  file_name VARCHAR(255) NOT NULL,
  checksum CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  booked_on DATE NOT NULL,
  created_at DATETIME(3) NOT NULL,
  CONSTRAINT collection_import_checksum UNIQUE (checksum),
  CONSTRAINT collection_import_kind CHECK (kind IN ('results', 'answers'))
);

CREATE TABLE collection_result (
  invoice_number VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  result_date DATE NOT NULL,
  sequence INT UNSIGNED NOT NULL,
  result VARCHAR(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  collected_minor BIGINT UNSIGNED NOT NULL,
  result_code VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  booked_on DATE NOT NULL,
  import_id INT UNSIGNED NOT NULL,
  PRIMARY KEY (invoice_number, result_date, sequence, result, collected_minor, result_code),
  INDEX collection_result_of_day (booked_on),
  CONSTRAINT collection_result_kind CHECK (result IN ('collected', 'partial', 'uncollected', 'pending'))
);

CREATE TRIGGER collection_result_is_of_invoice BEFORE INSERT ON collection_result FOR EACH ROW
  IF NOT EXISTS (SELECT 1 FROM line_invoice WHERE number = NEW.invoice_number AND total_minor > 0
      AND CASE NEW.result WHEN 'collected' THEN NEW.collected_minor = total_minor
        WHEN 'partial' THEN NEW.collected_minor > 0 AND NEW.collected_minor < total_minor
        ELSE NEW.collected_minor = 0 END) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'collection_result_is_of_invoice: a result is of a numbered invoice and within its total';
  END IF;

CREATE TRIGGER collection_result_is_final BEFORE UPDATE ON collection_result FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'collection_result_is_final: a newer result is another row';

CREATE TRIGGER collection_result_stays BEFORE DELETE ON collection_result FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'collection_result_stays: a result is never removed';

-- The newest of the rows of an invoice, and what follows from it; the check of the invariants recomputes both.
CREATE TABLE invoice_collection (
  invoice_number VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  billing_period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  closing_group TINYINT UNSIGNED NOT NULL,
  total_minor BIGINT NOT NULL,
  state VARCHAR(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  collected_minor BIGINT NOT NULL,
  uncollected_minor BIGINT NOT NULL,
  result_count SMALLINT UNSIGNED NOT NULL,
  changed_on DATE NOT NULL,
  INDEX invoice_collection_of_period (billing_period, closing_group, state),
  CONSTRAINT invoice_collection_amounts CHECK (CASE state
    WHEN 'collected' THEN collected_minor = total_minor AND uncollected_minor = 0
    WHEN 'partial' THEN collected_minor > 0 AND uncollected_minor > 0 AND collected_minor + uncollected_minor = total_minor
    WHEN 'uncollected' THEN collected_minor = 0 AND uncollected_minor = total_minor
    WHEN 'pending' THEN collected_minor = 0 AND uncollected_minor = 0
    WHEN 'billed' THEN collected_minor = 0 AND uncollected_minor = 0
    ELSE FALSE END)
);

CREATE TRIGGER invoice_collection_keeps_its_invoice BEFORE UPDATE ON invoice_collection FOR EACH ROW
  IF (NEW.invoice_number, NEW.billing_period, NEW.closing_group, NEW.total_minor)
      <> (OLD.invoice_number, OLD.billing_period, OLD.closing_group, OLD.total_minor) OR NEW.result_count < OLD.result_count THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'invoice_collection_keeps_its_invoice: a numbered invoice does not change';
  END IF;

CREATE TRIGGER invoice_collection_stays BEFORE DELETE ON invoice_collection FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'invoice_collection_stays: what was booked of an invoice is never removed';

-- What an uncollected invoice costs each of its companies, or the carrier in the place of one whose claims it has bought.
CREATE TABLE company_collection (
  invoice_number VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  company_id INT UNSIGNED NOT NULL,
  billing_period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  legal_model VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  uncollected_minor BIGINT NOT NULL,
  lost_minor BIGINT NOT NULL,
  recovered_minor BIGINT NOT NULL,
  changed_on DATE NOT NULL,
  PRIMARY KEY (invoice_number, company_id),
  INDEX company_collection_of_company (company_id, billing_period, invoice_number),
  CONSTRAINT company_collection_invoice FOREIGN KEY (invoice_number) REFERENCES invoice_collection (invoice_number),
  CONSTRAINT company_collection_company FOREIGN KEY (company_id) REFERENCES company (id),
  CONSTRAINT company_collection_model CHECK (legal_model IN ('agency', 'assignment')),
  CONSTRAINT company_collection_amounts CHECK (uncollected_minor >= 0 AND recovered_minor >= 0 AND recovered_minor <= lost_minor
    AND lost_minor - recovered_minor <= uncollected_minor)
);

CREATE TRIGGER company_collection_keeps_its_company BEFORE UPDATE ON company_collection FOR EACH ROW
  IF (NEW.invoice_number, NEW.company_id, NEW.billing_period, NEW.legal_model)
      <> (OLD.invoice_number, OLD.company_id, OLD.billing_period, OLD.legal_model)
      OR NEW.lost_minor < OLD.lost_minor OR NEW.recovered_minor < OLD.recovered_minor THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'company_collection_keeps_its_company: what was clawed back is recovered, not undone';
  END IF;

CREATE TRIGGER company_collection_stays BEFORE DELETE ON company_collection FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'company_collection_stays: what was clawed back is never removed';

-- A month of a company that is settled on what is collected: what was not collected on that day counts as uncollected.
CREATE TABLE collection_cutoff (
  company_id INT UNSIGNED NOT NULL,
  billing_period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cut_on DATE NOT NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (company_id, billing_period),
  CONSTRAINT collection_cutoff_company FOREIGN KEY (company_id) REFERENCES company (id)
);

CREATE TRIGGER collection_cutoff_is_final BEFORE UPDATE ON collection_cutoff FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'collection_cutoff_is_final: a month is cut once';

CREATE TRIGGER collection_cutoff_stays BEFORE DELETE ON collection_cutoff FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'collection_cutoff_stays: a month is cut once';

-- Steps of one charge in their order: `position` is unique by charge, so that two at once cannot both go on from the same sum.
CREATE TABLE clawback (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  company_id INT UNSIGNED NOT NULL,
  billing_period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  holder_from DATE NOT NULL,
  invoice_number VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  charge_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position SMALLINT UNSIGNED NOT NULL,
  kind VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_minor BIGINT NOT NULL,
  booked_on DATE NOT NULL,
  journal_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  settlement_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  created_at DATETIME(3) NOT NULL,
  INDEX clawback_to_settle (company_id, settlement_id, billing_period),
  INDEX clawback_of_settlement (settlement_id, billing_period),
  INDEX clawback_of_invoice (invoice_number),
  INDEX clawback_of_journal (journal_id),
  CONSTRAINT clawback_in_turn UNIQUE (charge_id, position),
  CONSTRAINT clawback_charge FOREIGN KEY (charge_id) REFERENCES charge (id),
  CONSTRAINT clawback_settlement FOREIGN KEY (settlement_id) REFERENCES settlement (id),
  CONSTRAINT clawback_kind CHECK (kind IN ('clawback', 'recovery')),
  CONSTRAINT clawback_amount CHECK (amount_minor > 0 AND position > 0)
);

-- A charge costs its company once: refunds and clawbacks less recoveries are never more than was captured.
CREATE TRIGGER clawback_is_covered BEFORE INSERT ON clawback FOR EACH ROW
  IF NEW.settlement_id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM invoice_item i
      JOIN line_invoice l ON l.billing_period = i.billing_period AND l.closing_group = i.closing_group AND l.line_id = i.line_id
        AND l.holder_from = i.holder_from
      WHERE i.charge_id = NEW.charge_id AND i.refund_id = '' AND l.number = NEW.invoice_number
        AND (i.company_id, i.billing_period, i.line_id, i.holder_from) = (NEW.company_id, NEW.billing_period, NEW.line_id, NEW.holder_from)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'clawback_is_covered: a clawback is of a charge on a numbered invoice';
  ELSEIF NEW.position <> (SELECT COUNT(*) + 1 FROM clawback WHERE charge_id = NEW.charge_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'clawback_is_covered: a step follows the steps before it';
  ELSEIF (SELECT COALESCE(SUM(IF(kind = 'clawback', amount_minor, -amount_minor)), 0) FROM clawback WHERE charge_id = NEW.charge_id)
      + IF(NEW.kind = 'clawback', NEW.amount_minor, -NEW.amount_minor) NOT BETWEEN 0
      AND IF(NEW.kind = 'clawback', (SELECT c.captured_minor - COALESCE((SELECT SUM(amount_minor) FROM refund WHERE charge_id = c.id), 0)
        FROM charge c WHERE c.id = NEW.charge_id), 9223372036854775807) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'clawback_is_covered: a charge costs its company no more than was captured';
  END IF;

-- It is frozen in a draft, and released when that is rejected.
CREATE TRIGGER clawback_is_final BEFORE UPDATE ON clawback FOR EACH ROW
  IF (NEW.id, NEW.company_id, NEW.billing_period, NEW.line_id, NEW.holder_from, NEW.invoice_number, NEW.charge_id, NEW.position, NEW.kind,
        NEW.amount_minor, NEW.booked_on, NEW.journal_id, NEW.created_at)
      <> (OLD.id, OLD.company_id, OLD.billing_period, OLD.line_id, OLD.holder_from, OLD.invoice_number, OLD.charge_id, OLD.position, OLD.kind,
        OLD.amount_minor, OLD.booked_on, OLD.journal_id, OLD.created_at)
      OR NOT (NEW.settlement_id <=> OLD.settlement_id
        OR (NEW.settlement_id IS NULL AND (SELECT state FROM settlement WHERE id = OLD.settlement_id) IN ('draft', 'rejected'))
        OR (OLD.settlement_id IS NULL AND (SELECT state FROM settlement WHERE id = NEW.settlement_id AND company_id = NEW.company_id) = 'draft')
        <=> TRUE) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'clawback_is_final: what was clawed back is recovered, not changed';
  END IF;

CREATE TRIGGER clawback_stays BEFORE DELETE ON clawback FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'clawback_stays: what was clawed back is never removed';

-- The other way round: what was clawed back is not refunded as well.
CREATE TRIGGER refund_after_clawback BEFORE INSERT ON refund FOR EACH ROW
  IF (SELECT c.captured_minor FROM charge c WHERE c.id = NEW.charge_id) < NEW.refunded_before_minor + NEW.amount_minor
      + (SELECT COALESCE(SUM(IF(kind = 'clawback', amount_minor, -amount_minor)), 0) FROM clawback WHERE charge_id = NEW.charge_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refund_after_clawback: the claim for what was clawed back is the own one of the company';
  END IF;

-- The carrier's answers to the invoice details.
CREATE TABLE invoice_answer (
  invoice_number VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  answer_date DATE NOT NULL,
  sequence INT UNSIGNED NOT NULL,
  answer VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(120) NOT NULL,
  booked_on DATE NOT NULL,
  import_id INT UNSIGNED NOT NULL,
  PRIMARY KEY (invoice_number, answer_date, sequence, answer, reason),
  INDEX invoice_answer_of_day (booked_on),
  INDEX invoice_answer_refused (answer, invoice_number),
  CONSTRAINT invoice_answer_kind CHECK (answer = 'accepted' OR (answer = 'refused' AND reason <> ''))
);

CREATE TRIGGER invoice_answer_is_of_invoice BEFORE INSERT ON invoice_answer FOR EACH ROW
  IF NOT EXISTS (SELECT 1 FROM line_invoice WHERE number = NEW.invoice_number) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'invoice_answer_is_of_invoice: an answer is to a numbered invoice';
  END IF;

CREATE TRIGGER invoice_answer_is_final BEFORE UPDATE ON invoice_answer FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'invoice_answer_is_final: a newer answer is another row';

CREATE TRIGGER invoice_answer_stays BEFORE DELETE ON invoice_answer FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'invoice_answer_stays: an answer is never removed';
