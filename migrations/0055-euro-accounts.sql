-- An account is at a Japanese bank, by its codes, or in the single euro payments area, by its IBAN: never both. What the other kind
-- has stays empty. A BIC may be left out: the bank finds it by the IBAN.
ALTER TABLE bank_account
  ADD COLUMN iban VARCHAR(34) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  ADD COLUMN bic VARCHAR(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  MODIFY account_holder VARCHAR(70) NOT NULL,
  DROP CONSTRAINT bank_account_bank,
  DROP CONSTRAINT bank_account_number,
  DROP CONSTRAINT bank_account_type,
  ADD CONSTRAINT bank_account_kind CHECK (
    (iban = '' AND bic = '' AND bank_code REGEXP '^[0-9]{4}$' AND branch_code REGEXP '^[0-9]{3}$'
      AND account_number REGEXP '^[0-9]{7}$' AND account_type IN ('ordinary', 'current', 'savings', 'other'))
    OR (iban REGEXP '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$' AND bic REGEXP '^([A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?)?$'
      AND bank_code = '' AND bank_name = '' AND branch_code = '' AND branch_name = '' AND account_type = '' AND account_number = ''));

ALTER TABLE refund_account
  ADD COLUMN iban VARCHAR(34) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  ADD COLUMN bic VARCHAR(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  MODIFY account_holder VARCHAR(70) NOT NULL,
  DROP CONSTRAINT refund_account_type,
  ADD CONSTRAINT refund_account_kind CHECK (
    (iban = '' AND bic = '' AND account_type IN ('ordinary', 'current', 'savings', 'other'))
    OR (iban REGEXP '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$' AND bic REGEXP '^([A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?)?$'
      AND bank_code = '' AND bank_name = '' AND branch_code = '' AND branch_name = '' AND account_type = '' AND account_number = ''));

ALTER TABLE payout
  ADD COLUMN iban VARCHAR(34) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  ADD COLUMN bic VARCHAR(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  MODIFY payee VARCHAR(70) NOT NULL,
  DROP CONSTRAINT payout_account,
  ADD CONSTRAINT payout_account CHECK (account_news IN ('first', 'changed', 'none') AND (
    (iban = '' AND bic = '' AND account_type IN ('ordinary', 'current', 'savings', 'other'))
    OR (iban <> '' AND bank_code = '' AND bank_name = '' AND branch_code = '' AND branch_name = '' AND account_type = ''
      AND account_number = '')));

-- An approval records the account that was approved, and no other. A proposal has nothing where the other kind of account would.
CREATE OR REPLACE TRIGGER bank_account_takes_two BEFORE INSERT ON bank_account FOR EACH ROW
  IF NEW.version <> 1 + (SELECT COUNT(*) FROM bank_account b WHERE b.company_id = NEW.company_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'bank_account_in_order: an account follows the one before it';
  ELSEIF (NEW.approval_id IS NULL AND NEW.version > 1) OR (NEW.approval_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM approval a JOIN company c ON c.id = NEW.company_id
      WHERE a.id = NEW.approval_id AND a.state = 'executed' AND a.kind = 'company.bank-account'
        AND a.subject = CONCAT('company:', c.code)
        AND COALESCE(JSON_VALUE(a.input, '$.bankCode'), '') = NEW.bank_code
        AND COALESCE(JSON_VALUE(a.input, '$.branchCode'), '') = NEW.branch_code
        AND COALESCE(JSON_VALUE(a.input, '$.bankName'), '') = NEW.bank_name
        AND COALESCE(JSON_VALUE(a.input, '$.branchName'), '') = NEW.branch_name
        AND COALESCE(JSON_VALUE(a.input, '$.accountType'), '') = NEW.account_type
        AND COALESCE(JSON_VALUE(a.input, '$.accountNumber'), '') = NEW.account_number
        AND COALESCE(JSON_VALUE(a.input, '$.iban'), '') = NEW.iban AND COALESCE(JSON_VALUE(a.input, '$.bic'), '') = NEW.bic
        AND JSON_VALUE(a.input, '$.accountHolder') = NEW.account_holder)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'bank_account_takes_two: a company changes its account by an approval of two people';
  END IF;

CREATE OR REPLACE TRIGGER refund_account_takes_two BEFORE INSERT ON refund_account FOR EACH ROW
  IF NEW.version <> 1 + (SELECT COUNT(*) FROM refund_account b WHERE b.line_id = NEW.line_id AND b.holder_from = NEW.holder_from) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refund_account_in_order: an account follows the one before it';
  ELSEIF NOT EXISTS (SELECT 1 FROM approval a
      WHERE a.id = NEW.approval_id AND a.state = 'executed' AND a.kind = 'refund.account'
        AND JSON_VALUE(a.input, '$.lineId') = NEW.line_id AND JSON_VALUE(a.input, '$.holderFrom') = NEW.holder_from
        AND COALESCE(JSON_VALUE(a.input, '$.bankCode'), '') = NEW.bank_code
        AND COALESCE(JSON_VALUE(a.input, '$.branchCode'), '') = NEW.branch_code
        AND COALESCE(JSON_VALUE(a.input, '$.bankName'), '') = NEW.bank_name
        AND COALESCE(JSON_VALUE(a.input, '$.branchName'), '') = NEW.branch_name
        AND COALESCE(JSON_VALUE(a.input, '$.accountType'), '') = NEW.account_type
        AND COALESCE(JSON_VALUE(a.input, '$.accountNumber'), '') = NEW.account_number
        AND COALESCE(JSON_VALUE(a.input, '$.iban'), '') = NEW.iban AND COALESCE(JSON_VALUE(a.input, '$.bic'), '') = NEW.bic
        AND JSON_VALUE(a.input, '$.accountHolder') = NEW.account_holder) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refund_account_takes_two: a former holder is paid to an account that two people approved';
  END IF;

-- A payout goes to the very account of its company or holder, of either kind. These two triggers have the conditions of every
-- release before them.
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
      WHERE b.refund_id = NEW.refund_id AND b.state = 'payable' AND b.payable_minor + b.late_minor = NEW.amount_minor
        AND (k.bank_code, k.branch_code, k.account_type, k.account_number, k.iban, k.bic)
          = (NEW.bank_code, NEW.branch_code, NEW.account_type, NEW.account_number, NEW.iban, NEW.bic)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_is_owed: a payout of a refund is what is payable of one by bank, to an account of its holder';
  ELSEIF NOT NEW.replaces_id <=> (SELECT MAX(p.id) FROM payout p
      WHERE COALESCE(p.settlement_id, p.refund_id) = COALESCE(NEW.settlement_id, NEW.refund_id) AND p.state = 'returned') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_replaces_returned: a repeated payout names the returned one before it';
  END IF;

CREATE OR REPLACE TRIGGER payout_goes_forward BEFORE UPDATE ON payout FOR EACH ROW
  IF (NEW.id, NEW.run_id, NEW.line_number, NEW.kind, NEW.amount_minor, NEW.due_on, NEW.pay_on, NEW.account_version, NEW.bank_code,
        NEW.bank_name, NEW.branch_code, NEW.branch_name, NEW.account_type, NEW.account_number, NEW.iban, NEW.bic, NEW.payee,
        NEW.account_news, NEW.created_at)
      <> (OLD.id, OLD.run_id, OLD.line_number, OLD.kind, OLD.amount_minor, OLD.due_on, OLD.pay_on, OLD.account_version, OLD.bank_code,
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
