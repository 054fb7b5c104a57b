-- The list behind a settlement's clawbacks is read in pages, by original period and charge.
ALTER TABLE clawback
  DROP INDEX clawback_of_settlement,
  ADD INDEX clawback_of_settlement (settlement_id, billing_period, charge_id, position);

-- A refund by bank that was cancelled because nothing was collected is reopened by two people when it is collected after all. What was
-- decided stays; `late_minor` is what is paid of the cancelled amount.
ALTER TABLE bank_refund
  ADD COLUMN late_minor BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN late_on DATE NULL,
  ADD COLUMN late_approval_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  DROP CONSTRAINT bank_refund_state,
  DROP CONSTRAINT bank_refund_amount,
  ADD CONSTRAINT bank_refund_of_approval UNIQUE (late_approval_id),
  ADD CONSTRAINT bank_refund_state CHECK (
    (state = 'waiting' AND payable_minor = 0 AND cancelled_minor = 0 AND late_minor = 0 AND decided_on IS NULL)
    OR (state IN ('payable', 'paid') AND payable_minor + late_minor > 0 AND payable_minor + cancelled_minor = amount_minor
      AND decided_on IS NOT NULL)
    OR (state = 'cancelled' AND payable_minor = 0 AND late_minor = 0 AND cancelled_minor = amount_minor AND decided_on IS NOT NULL)),
  ADD CONSTRAINT bank_refund_amount CHECK (amount_minor > 0 AND payable_minor >= 0 AND cancelled_minor >= 0 AND late_minor >= 0
    AND late_minor <= cancelled_minor AND (late_minor > 0) = (late_on IS NOT NULL)
    AND (late_minor > 0) = (late_approval_id IS NOT NULL));

-- What becomes of a refund by bank is decided once; after that two people add what was collected later, as long as no payout was
-- planned. This trigger has the conditions of every release before it.
CREATE OR REPLACE TRIGGER bank_refund_goes_forward BEFORE UPDATE ON bank_refund FOR EACH ROW
  IF (NEW.refund_id, NEW.amount_minor) <> (OLD.refund_id, OLD.amount_minor)
    OR NEW.state = 'waiting' OR NEW.late_minor < OLD.late_minor
    OR (OLD.state = 'cancelled' AND NOT (NEW.state = 'payable' AND NEW.late_minor > OLD.late_minor))
    OR (OLD.state <> 'waiting' AND (NEW.payable_minor, NEW.cancelled_minor, NEW.decided_on)
      <> (OLD.payable_minor, OLD.cancelled_minor, OLD.decided_on))
    OR (OLD.state = 'waiting' AND (NEW.state = 'paid' OR NEW.late_minor > 0)) OR (OLD.state = 'payable' AND NEW.state = 'cancelled')
    OR (OLD.state = 'paid' AND NOT (NEW.state, NEW.payout_id, NEW.paid_on, NEW.late_minor)
      <=> (OLD.state, OLD.payout_id, OLD.paid_on, OLD.late_minor)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'bank_refund_goes_forward: what becomes of a refund by bank is decided once';
  ELSEIF OLD.state = 'waiting' AND NOT EXISTS (SELECT 1 FROM refund r
      JOIN invoice_item i ON i.charge_id = r.charge_id AND i.refund_id = ''
      JOIN line_invoice l ON l.billing_period = i.billing_period AND l.closing_group = i.closing_group AND l.line_id = i.line_id
        AND l.holder_from = i.holder_from
      JOIN invoice_collection c ON c.invoice_number = l.number
      WHERE r.id = NEW.refund_id AND c.state IN ('collected', 'partial', 'uncollected')) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'bank_refund_waits: a refund by bank waits for the result of its invoice';
  ELSEIF NEW.state = 'paid' AND NOT EXISTS (SELECT 1 FROM payout p
      WHERE p.id = NEW.payout_id AND p.refund_id = NEW.refund_id AND p.state = 'settled') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'bank_refund_is_paid: a refund by bank is paid by a payout that the bank has settled';
  ELSEIF NOT (NEW.late_minor, NEW.late_on, NEW.late_approval_id) <=> (OLD.late_minor, OLD.late_on, OLD.late_approval_id) AND NOT (
      EXISTS (SELECT 1 FROM approval a WHERE a.id = NEW.late_approval_id AND a.state = 'executed' AND a.kind = 'refund.reopen'
        AND a.subject = CONCAT('refund:', NEW.refund_id) AND JSON_VALUE(a.input, '$.amountMinor') = NEW.late_minor - OLD.late_minor
        AND a.maker LIKE 'staff:%' AND a.checker LIKE 'staff:%' AND a.checker COLLATE utf8mb4_uca1400_as_ci <> a.maker)
      AND NOT EXISTS (SELECT 1 FROM payout p WHERE p.refund_id = NEW.refund_id)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'bank_refund_takes_two: two people reopen a cancelled refund by bank, before a payout of it';
  END IF;

-- A payout of a refund is what was payable of it and what came late. This trigger has the conditions of every release before it.
CREATE OR REPLACE TRIGGER payout_is_owed BEFORE INSERT ON payout FOR EACH ROW
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
  ELSEIF NEW.kind = 'refund' AND NOT EXISTS (SELECT 1 FROM bank_refund b JOIN refund f ON f.id = b.refund_id
      JOIN refund_account k ON k.line_id = f.line_id AND k.holder_from = f.holder_from AND k.version = NEW.account_version
      WHERE b.refund_id = NEW.refund_id AND b.state = 'payable' AND b.payable_minor + b.late_minor = NEW.amount_minor
        AND (k.bank_code, k.branch_code, k.account_type, k.account_number)
          = (NEW.bank_code, NEW.branch_code, NEW.account_type, NEW.account_number)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_is_owed: a payout of a refund is what is payable of one by bank, to an account of its holder';
  ELSEIF NOT NEW.replaces_id <=> (SELECT MAX(p.id) FROM payout p
      WHERE COALESCE(p.settlement_id, p.refund_id) = COALESCE(NEW.settlement_id, NEW.refund_id) AND p.state = 'returned') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_replaces_returned: a repeated payout names the returned one before it';
  END IF;

-- What was cancelled is owed again.
ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_kind;

ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_kind CHECK (kind IN ('authorization', 'release', 'capture',
  'cancellation', 'expiry', 'fee', 'tax', 'payout', 'refund', 'bank-refund', 'refund-paid', 'refund-cancelled', 'refund-reopened',
  'collected', 'uncollected', 'collected-back', 'uncollected-back', 'clawback', 'recovery', 'loss', 'loss-back', 'set-up', 'set-up-tax',
  'transfer-fee', 'payout-sent', 'payout-returned'));
