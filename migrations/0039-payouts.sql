-- What the bank is ordered to transfer. A run is the transfers of one file, all on one day; it is drafted, approved by a second
-- person, and sent once: from then on it has the checksum of its file and never changes.
CREATE TABLE payout_run (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  -- The day of the transfers and two digits: what the bank returns with its results.
  number CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  prepared_on DATE NOT NULL,
  pay_on DATE NOT NULL,
  state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payout_count INT UNSIGNED NOT NULL,
  total_minor BIGINT NOT NULL,
  -- The account that pays, as it was when the run was prepared.
  originator LONGTEXT NOT NULL,
  approval_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  sent_on DATE NULL,
  checksum CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  written_at DATETIME(3) NULL,
  prepared_by VARCHAR(100) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  INDEX payout_run_of_state (state, pay_on),
  INDEX payout_run_sent_on (sent_on, number),
  CONSTRAINT payout_run_number UNIQUE (number),
  CONSTRAINT payout_run_of_approval UNIQUE (approval_id),
  CONSTRAINT payout_run_approval FOREIGN KEY (approval_id) REFERENCES approval (id),
  CONSTRAINT payout_run_originator CHECK (JSON_VALID(originator)),
  CONSTRAINT payout_run_sums CHECK (payout_count > 0 AND total_minor > 0 AND pay_on > prepared_on),
  CONSTRAINT payout_run_state CHECK (
    (state = 'draft' AND approval_id IS NULL AND checksum IS NULL AND written_at IS NULL AND sent_on IS NULL)
    OR (state = 'approved' AND approval_id IS NOT NULL AND checksum IS NULL AND written_at IS NULL AND sent_on IS NULL)
    OR (state = 'sent' AND approval_id IS NOT NULL AND checksum IS NOT NULL AND written_at IS NOT NULL
      AND sent_on >= prepared_on AND sent_on < pay_on)
    OR (state = 'void' AND checksum IS NULL AND written_at IS NULL AND sent_on IS NULL))
);

-- One transfer: of a settlement to its company, or of a refund to a former holder. It keeps the account as the file names it.
CREATE TABLE payout (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  run_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  line_number INT UNSIGNED NOT NULL,
  kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  settlement_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  refund_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  company_id INT UNSIGNED NULL,
  amount_minor BIGINT NOT NULL,
  due_on DATE NOT NULL,
  pay_on DATE NOT NULL,
  account_version SMALLINT UNSIGNED NOT NULL,
  bank_code CHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  bank_name VARCHAR(15) NOT NULL,
  branch_code CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  branch_name VARCHAR(15) NOT NULL,
  account_type VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  account_number CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payee VARCHAR(30) NOT NULL,
  account_news VARCHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- The returned payout in place of which this one is sent.
  replaces_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  result_on DATE NULL,
  returned_reason VARCHAR(100) NULL,
  created_at DATETIME(3) NOT NULL,
  -- A settlement or a refund has one payout that may still reach its payee, or has reached it.
  is_live BOOLEAN AS (IF(state IN ('planned', 'sent', 'settled'), TRUE, NULL)) PERSISTENT,
  INDEX payout_of_company (company_id, id),
  INDEX payout_of_state (state, pay_on),
  CONSTRAINT payout_in_run UNIQUE (run_id, line_number),
  CONSTRAINT payout_of_settlement_once UNIQUE (settlement_id, is_live),
  CONSTRAINT payout_of_refund_once UNIQUE (refund_id, is_live),
  CONSTRAINT payout_run_of FOREIGN KEY (run_id) REFERENCES payout_run (id),
  CONSTRAINT payout_settlement FOREIGN KEY (settlement_id) REFERENCES settlement (id),
  CONSTRAINT payout_refund FOREIGN KEY (refund_id) REFERENCES refund (id),
  CONSTRAINT payout_replaced FOREIGN KEY (replaces_id) REFERENCES payout (id),
  CONSTRAINT payout_subject CHECK (
    (kind = 'settlement' AND settlement_id IS NOT NULL AND refund_id IS NULL AND company_id IS NOT NULL)
    OR (kind = 'refund' AND refund_id IS NOT NULL AND settlement_id IS NULL AND company_id IS NULL)),
  CONSTRAINT payout_amount CHECK (amount_minor BETWEEN 1 AND 9999999999),
  CONSTRAINT payout_account CHECK (account_type IN ('ordinary', 'current', 'savings', 'other')
    AND account_news IN ('first', 'changed', 'none')),
  CONSTRAINT payout_result CHECK (
    (state IN ('planned', 'sent', 'dropped') AND result_on IS NULL AND returned_reason IS NULL)
    OR (state = 'settled' AND result_on IS NOT NULL AND returned_reason IS NULL)
    OR (state = 'returned' AND result_on IS NOT NULL AND returned_reason IS NOT NULL))
);

CREATE TRIGGER payout_run_begins_as_draft BEFORE INSERT ON payout_run FOR EACH ROW
  IF NEW.state <> 'draft' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_run_begins_as_draft: a payout run is approved with all its payouts';
  END IF;

CREATE TRIGGER payout_run_goes_forward BEFORE UPDATE ON payout_run FOR EACH ROW
  IF OLD.state IN ('sent', 'void') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_run_is_final: a sent or void payout run does not change';
  ELSEIF (NEW.id, NEW.number, NEW.prepared_on, NEW.pay_on, NEW.payout_count, NEW.total_minor, NEW.originator, NEW.prepared_by, NEW.created_at)
      <> (OLD.id, OLD.number, OLD.prepared_on, OLD.pay_on, OLD.payout_count, OLD.total_minor, OLD.originator, OLD.prepared_by, OLD.created_at)
      OR NEW.state = OLD.state OR (NEW.state = 'sent' AND OLD.state <> 'approved')
      OR (OLD.state = 'approved' AND NOT NEW.approval_id <=> OLD.approval_id)
      OR (OLD.state = 'draft' AND NEW.state = 'void' AND NEW.approval_id IS NOT NULL) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_run_goes_forward: a payout run is drafted, approved, then sent, or becomes void';
  ELSEIF NEW.state = 'approved' AND NOT EXISTS (SELECT 1 FROM approval a WHERE a.id = NEW.approval_id AND a.state = 'executed'
      AND a.kind = 'payout-run.approve' AND a.subject = CONCAT('payout-run:', NEW.number)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_run_takes_two: a payout run is sent by an approval of two people';
  ELSEIF NEW.state IN ('approved', 'sent') AND NOT (SELECT COUNT(*) = NEW.payout_count AND COALESCE(SUM(p.amount_minor), 0) = NEW.total_minor
        AND MAX(p.line_number) = NEW.payout_count AND MIN(p.line_number) = 1
      FROM payout p WHERE p.run_id = NEW.id AND p.state = 'planned') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_run_is_its_payouts: the payouts of the run are not its sum';
  END IF;

CREATE TRIGGER payout_run_stays BEFORE DELETE ON payout_run FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_run_stays: a payout run is never removed';

-- A payout is of an approved settlement, of its whole payout and to an account of its company; or of a refund by bank.
CREATE TRIGGER payout_is_owed BEFORE INSERT ON payout FOR EACH ROW
  IF NEW.state <> 'planned' OR NOT EXISTS (SELECT 1 FROM payout_run r
      WHERE r.id = NEW.run_id AND r.state = 'draft' AND r.pay_on = NEW.pay_on) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_begins_planned: a payout begins in a drafted run';
  ELSEIF NEW.kind = 'settlement' AND NOT EXISTS (SELECT 1 FROM settlement s
      JOIN bank_account b ON b.company_id = s.company_id AND b.version = NEW.account_version
      WHERE s.id = NEW.settlement_id AND s.state = 'approved' AND s.company_id = NEW.company_id AND s.payout_minor = NEW.amount_minor
        AND s.payout_on = NEW.due_on AND NEW.pay_on >= NEW.due_on
        AND (b.bank_code, b.branch_code, b.account_type, b.account_number)
          = (NEW.bank_code, NEW.branch_code, NEW.account_type, NEW.account_number)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_is_owed: a payout is that of an approved settlement, to an account of its company';
  ELSEIF NEW.kind = 'refund' AND NOT EXISTS (SELECT 1 FROM refund f
      WHERE f.id = NEW.refund_id AND f.kind = 'bank' AND f.amount_minor >= NEW.amount_minor) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_is_owed: a payout of a refund is of one by bank, and of no more';
  ELSEIF NOT NEW.replaces_id <=> (SELECT MAX(p.id) FROM payout p
      WHERE COALESCE(p.settlement_id, p.refund_id) = COALESCE(NEW.settlement_id, NEW.refund_id) AND p.state = 'returned') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_replaces_returned: a repeated payout names the returned one before it';
  END IF;

CREATE TRIGGER payout_goes_forward BEFORE UPDATE ON payout FOR EACH ROW
  IF (NEW.id, NEW.run_id, NEW.line_number, NEW.kind, NEW.amount_minor, NEW.due_on, NEW.pay_on, NEW.account_version, NEW.bank_code,
        NEW.bank_name, NEW.branch_code, NEW.branch_name, NEW.account_type, NEW.account_number, NEW.payee, NEW.account_news, NEW.created_at)
      <> (OLD.id, OLD.run_id, OLD.line_number, OLD.kind, OLD.amount_minor, OLD.due_on, OLD.pay_on, OLD.account_version, OLD.bank_code,
        OLD.bank_name, OLD.branch_code, OLD.branch_name, OLD.account_type, OLD.account_number, OLD.payee, OLD.account_news, OLD.created_at)
      OR NOT (NEW.settlement_id <=> OLD.settlement_id AND NEW.refund_id <=> OLD.refund_id
        AND NEW.company_id <=> OLD.company_id AND NEW.replaces_id <=> OLD.replaces_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_is_final: a payout keeps its amount and its account';
  ELSEIF NOT ((OLD.state = 'planned' AND NEW.state = 'sent' AND (SELECT r.state FROM payout_run r WHERE r.id = NEW.run_id) = 'sent')
      OR (OLD.state = 'planned' AND NEW.state = 'dropped' AND (SELECT r.state FROM payout_run r WHERE r.id = NEW.run_id) = 'void')
      OR (OLD.state = 'sent' AND NEW.state IN ('settled', 'returned'))) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_goes_forward: a payout is sent with its run, then settled or returned';
  END IF;

CREATE TRIGGER payout_stays BEFORE DELETE ON payout FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_stays: a payout is never removed';
