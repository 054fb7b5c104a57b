-- A refund by bank that is paid, and of which more is collected after that, is reopened by two people too: what came later is paid by a
-- payout of its own, the next part. `paid_minor` is what the parts before it have paid; what was decided and paid stays.
ALTER TABLE bank_refund
  ADD COLUMN part SMALLINT UNSIGNED NOT NULL DEFAULT 1,
  ADD COLUMN paid_minor BIGINT NOT NULL DEFAULT 0,
  ADD CONSTRAINT bank_refund_part CHECK (part >= 1 AND paid_minor >= 0 AND (part = 1) = (paid_minor = 0)
    AND (paid_minor = 0 OR paid_minor < payable_minor + late_minor));

-- Of each part one payout may still reach its payee, or has reached it.
ALTER TABLE payout
  ADD COLUMN part SMALLINT UNSIGNED NOT NULL DEFAULT 1,
  DROP INDEX payout_of_refund_once,
  ADD CONSTRAINT payout_of_refund_once UNIQUE (refund_id, part, is_live),
  ADD CONSTRAINT payout_part CHECK (part = 1 OR kind = 'refund' AND part > 1);

-- What becomes of a refund by bank is decided once; after that two people add what was collected later, as long as no payout of this
-- part was planned, or once it is paid, which begins the next part. This trigger has the conditions of every release before it.
CREATE OR REPLACE TRIGGER bank_refund_goes_forward BEFORE UPDATE ON bank_refund FOR EACH ROW
  IF (NEW.refund_id, NEW.amount_minor) <> (OLD.refund_id, OLD.amount_minor)
    OR NEW.state = 'waiting' OR NEW.late_minor < OLD.late_minor
    OR (OLD.state = 'cancelled' AND NOT (NEW.state = 'payable' AND NEW.late_minor > OLD.late_minor))
    OR (OLD.state <> 'waiting' AND (NEW.payable_minor, NEW.cancelled_minor, NEW.decided_on)
      <> (OLD.payable_minor, OLD.cancelled_minor, OLD.decided_on))
    OR (OLD.state = 'waiting' AND (NEW.state = 'paid' OR NEW.late_minor > 0)) OR (OLD.state = 'payable' AND NEW.state = 'cancelled')
    OR (OLD.state = 'paid' AND NOT (NEW.state, NEW.payout_id, NEW.paid_on, NEW.late_minor)
      <=> (OLD.state, OLD.payout_id, OLD.paid_on, OLD.late_minor)
      AND NOT (NEW.state = 'payable' AND NEW.late_minor > OLD.late_minor AND NEW.payout_id IS NULL AND NEW.paid_on IS NULL))
    OR NEW.part <> OLD.part + IF(OLD.state = 'paid' AND NEW.state = 'payable', 1, 0)
    OR NEW.paid_minor <> IF(OLD.state = 'paid' AND NEW.state = 'payable', OLD.payable_minor + OLD.late_minor, OLD.paid_minor) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'bank_refund_goes_forward: what becomes of a refund by bank is decided once';
  ELSEIF OLD.state = 'waiting' AND NOT EXISTS (SELECT 1 FROM refund r
      JOIN invoice_item i ON i.charge_id = r.charge_id AND i.refund_id = ''
      JOIN line_invoice l ON l.billing_period = i.billing_period AND l.closing_group = i.closing_group AND l.line_id = i.line_id
        AND l.holder_from = i.holder_from
      JOIN invoice_collection c ON c.invoice_number = l.number
      WHERE r.id = NEW.refund_id AND c.state IN ('collected', 'partial', 'uncollected')) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'bank_refund_waits: a refund by bank waits for the result of its invoice';
  ELSEIF NEW.state = 'paid' AND NOT EXISTS (SELECT 1 FROM payout p
      WHERE p.id = NEW.payout_id AND p.refund_id = NEW.refund_id AND p.part = NEW.part AND p.state = 'settled') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'bank_refund_is_paid: a refund by bank is paid by a payout that the bank has settled';
  ELSEIF NOT (NEW.late_minor, NEW.late_on, NEW.late_approval_id) <=> (OLD.late_minor, OLD.late_on, OLD.late_approval_id) AND NOT (
      EXISTS (SELECT 1 FROM approval a WHERE a.id = NEW.late_approval_id AND a.state = 'executed' AND a.kind = 'refund.reopen'
        AND a.subject = CONCAT('refund:', NEW.refund_id) AND JSON_VALUE(a.input, '$.amountMinor') = NEW.late_minor - OLD.late_minor
        AND a.maker LIKE 'staff:%' AND a.checker LIKE 'staff:%' AND a.checker COLLATE utf8mb4_uca1400_as_ci <> a.maker)
      AND NOT EXISTS (SELECT 1 FROM payout p WHERE p.refund_id = NEW.refund_id AND p.part = NEW.part)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'bank_refund_takes_two: two people reopen a refund by bank, before a payout of what came later';
  END IF;

-- A payout of a refund is what is payable of its part. These two triggers have the conditions of every release before them.
CREATE OR REPLACE TRIGGER payout_is_owed BEFORE INSERT ON payout FOR EACH ROW
  IF NEW.state <> 'planned' OR NOT EXISTS (SELECT 1 FROM payout_run r
      WHERE r.id = NEW.run_id AND r.state = 'draft' AND r.pay_on = NEW.pay_on) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_begins_planned: a payout begins in a drafted run';
  ELSEIF NEW.kind = 'settlement' AND NOT EXISTS (SELECT 1 FROM settlement s
      JOIN bank_account b ON b.company_id = s.company_id AND b.version = NEW.account_version
      WHERE s.id = NEW.settlement_id AND s.state = 'approved' AND s.company_id = NEW.company_id AND s.payout_minor = NEW.amount_minor
        AND s.payout_on = NEW.due_on AND NEW.pay_on >= NEW.due_on
        AND (b.bank_code, b.branch_code, b.account_type, b.account_number, b.iban, b.bic)
          = (NEW.bank_code, NEW.branch_code, NEW.account_type, NEW.account_number, NEW.iban, NEW.bic)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_is_owed: a payout is that of an approved settlement, to an account of its company';
  ELSEIF NEW.kind = 'refund' AND NOT EXISTS (SELECT 1 FROM bank_refund b JOIN refund f ON f.id = b.refund_id
      JOIN refund_account k ON k.line_id = f.line_id AND k.holder_from = f.holder_from AND k.version = NEW.account_version
      WHERE b.refund_id = NEW.refund_id AND b.state = 'payable' AND b.part = NEW.part
        AND b.payable_minor + b.late_minor - b.paid_minor = NEW.amount_minor
        AND (k.bank_code, k.branch_code, k.account_type, k.account_number, k.iban, k.bic)
          = (NEW.bank_code, NEW.branch_code, NEW.account_type, NEW.account_number, NEW.iban, NEW.bic)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_is_owed: a payout of a refund is what is payable of one by bank, to an account of its holder';
  ELSEIF NOT NEW.replaces_id <=> (SELECT MAX(p.id) FROM payout p
      WHERE COALESCE(p.settlement_id, p.refund_id) = COALESCE(NEW.settlement_id, NEW.refund_id) AND p.part = NEW.part
        AND p.state = 'returned') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_replaces_returned: a repeated payout names the returned one before it';
  END IF;

CREATE OR REPLACE TRIGGER payout_goes_forward BEFORE UPDATE ON payout FOR EACH ROW
  IF (NEW.id, NEW.run_id, NEW.line_number, NEW.kind, NEW.part, NEW.amount_minor, NEW.due_on, NEW.pay_on, NEW.account_version, NEW.bank_code,
        NEW.bank_name, NEW.branch_code, NEW.branch_name, NEW.account_type, NEW.account_number, NEW.iban, NEW.bic, NEW.payee,
        NEW.account_news, NEW.created_at)
      <> (OLD.id, OLD.run_id, OLD.line_number, OLD.kind, OLD.part, OLD.amount_minor, OLD.due_on, OLD.pay_on, OLD.account_version, OLD.bank_code,
        OLD.bank_name, OLD.branch_code, OLD.branch_name, OLD.account_type, OLD.account_number, OLD.iban, OLD.bic, OLD.payee,
        OLD.account_news, OLD.created_at)
      OR NOT (NEW.settlement_id <=> OLD.settlement_id AND NEW.refund_id <=> OLD.refund_id
        AND NEW.company_id <=> OLD.company_id AND NEW.replaces_id <=> OLD.replaces_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_is_final: a payout keeps its amount and its account';
  ELSEIF NOT ((OLD.state = 'planned' AND NEW.state = 'sent' AND (SELECT r.state FROM payout_run r WHERE r.id = NEW.run_id) = 'sent')
      OR (OLD.state = 'planned' AND NEW.state = 'dropped' AND (SELECT r.state FROM payout_run r WHERE r.id = NEW.run_id) = 'void')
      OR (OLD.state = 'sent' AND NEW.state IN ('settled', 'returned'))) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_goes_forward: a payout is sent with its run, then settled or returned';
  END IF;
