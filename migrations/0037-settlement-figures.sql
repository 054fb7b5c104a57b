-- The terms of its contract that a settlement was made by, and every figure between what was billed and what is paid out.
-- `rule_version` says how it was calculated: 1 with the set-up fee as a part of the fee, 2 with one of its own. A settlement of
-- before is what it was: its fee is taxed, and its set-up fee, if it had one, is in the fee.
ALTER TABLE settlement
  ADD COLUMN rule_version TINYINT UNSIGNED NOT NULL DEFAULT 1,
  ADD COLUMN legal_model VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'agency',
  ADD COLUMN settlement_basis VARCHAR(9) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'billed',
  ADD COLUMN fee_taxable BOOLEAN NOT NULL DEFAULT TRUE,
  ADD COLUMN set_up_ex_tax_minor BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN set_up_tax_minor BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN clawback_minor BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN recovery_minor BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN transfer_fee_minor BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN held_reason VARCHAR(300) NULL,
  ADD COLUMN rejected_reason VARCHAR(300) NULL,
  ADD COLUMN revision SMALLINT UNSIGNED NOT NULL DEFAULT 1,
  ADD COLUMN approval_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN approved_at DATETIME(3) NULL;

UPDATE settlement s JOIN contract k ON k.id = s.contract_id SET s.legal_model = k.legal_model;

-- A contract's set-up fee is billed once, by whatever writer.
ALTER TABLE settlement
  ALTER COLUMN rule_version DROP DEFAULT,
  ALTER COLUMN legal_model DROP DEFAULT,
  ALTER COLUMN settlement_basis DROP DEFAULT,
  ALTER COLUMN fee_taxable DROP DEFAULT,
  ADD COLUMN set_up_of INT UNSIGNED AS (IF(set_up_ex_tax_minor > 0, contract_id, NULL)) PERSISTENT,
  ADD CONSTRAINT settlement_set_up_once UNIQUE (set_up_of),
  ADD CONSTRAINT settlement_approval_once UNIQUE (approval_id),
  ADD CONSTRAINT settlement_approval FOREIGN KEY (approval_id) REFERENCES approval (id),
  DROP CONSTRAINT settlement_payout,
  DROP CONSTRAINT settlement_balance,
  ADD CONSTRAINT settlement_payout CHECK (payout_minor >= 0 AND (payout_minor = 0 OR carried_out_minor = 0)),
  ADD CONSTRAINT settlement_balance CHECK (billed_minor - refunded_minor - fee_ex_tax_minor - fee_tax_minor - set_up_ex_tax_minor
    - set_up_tax_minor - clawback_minor + recovery_minor - transfer_fee_minor + carried_in_minor = payout_minor + carried_out_minor),
  ADD CONSTRAINT settlement_amounts CHECK (set_up_ex_tax_minor >= 0 AND set_up_tax_minor >= 0 AND clawback_minor >= 0 AND recovery_minor >= 0
    AND transfer_fee_minor >= 0 AND (transfer_fee_minor = 0 OR payout_minor > 0) AND (fee_taxable = 1 OR fee_tax_minor = 0)),
  ADD CONSTRAINT settlement_legal_model CHECK (legal_model IN ('agency', 'assignment') AND (fee_taxable = 1 OR legal_model = 'assignment')),
  ADD CONSTRAINT settlement_basis CHECK (settlement_basis = 'billed' OR (settlement_basis = 'collected' AND legal_model = 'agency'));

-- Only its state moves on, from approved to paid, and its payout may be held.
CREATE OR REPLACE TRIGGER settlement_is_final BEFORE UPDATE ON settlement FOR EACH ROW
  IF OLD.state <> 'draft' AND (
      (NEW.id, NEW.company_id, NEW.billing_period, NEW.contract_id, NEW.number, NEW.settled_on, NEW.billed_minor,
       NEW.refunded_minor, NEW.line_count, NEW.item_count, NEW.tariff_code, NEW.tariff_from, NEW.fee_branch,
       NEW.fee_ex_tax_minor, NEW.fee_tax_rate_bps, NEW.fee_tax_minor, NEW.carried_in_minor, NEW.payout_minor,
       NEW.carried_out_minor, NEW.payout_on, NEW.created_at, NEW.rule_version, NEW.legal_model, NEW.settlement_basis,
       NEW.fee_taxable, NEW.set_up_ex_tax_minor, NEW.set_up_tax_minor, NEW.clawback_minor, NEW.recovery_minor,
       NEW.transfer_fee_minor, NEW.revision)
      <>
      (OLD.id, OLD.company_id, OLD.billing_period, OLD.contract_id, OLD.number, OLD.settled_on, OLD.billed_minor,
       OLD.refunded_minor, OLD.line_count, OLD.item_count, OLD.tariff_code, OLD.tariff_from, OLD.fee_branch,
       OLD.fee_ex_tax_minor, OLD.fee_tax_rate_bps, OLD.fee_tax_minor, OLD.carried_in_minor, OLD.payout_minor,
       OLD.carried_out_minor, OLD.payout_on, OLD.created_at, OLD.rule_version, OLD.legal_model, OLD.settlement_basis,
       OLD.fee_taxable, OLD.set_up_ex_tax_minor, OLD.set_up_tax_minor, OLD.clawback_minor, OLD.recovery_minor,
       OLD.transfer_fee_minor, OLD.revision)
      OR NOT (NEW.approval_id <=> OLD.approval_id AND NEW.approved_at <=> OLD.approved_at AND NEW.rejected_reason <=> OLD.rejected_reason)
      OR (NEW.state <> OLD.state AND NOT (OLD.state = 'approved' AND NEW.state = 'paid'))) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_is_final: an approved settlement does not change';
  END IF;

-- Fee, tax, set-up fee, transfer fee and payout are posted with their settlement.
CREATE OR REPLACE TRIGGER ledger_entry_is_of_draft BEFORE INSERT ON ledger_entry FOR EACH ROW
  IF NEW.kind IN ('fee', 'tax', 'set-up', 'set-up-tax', 'transfer-fee', 'payout')
      AND NOT (SELECT state FROM settlement WHERE id = NEW.journal_id) <=> 'draft' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'ledger_entry_is_of_draft: an approved settlement is posted already';
  END IF;

-- The digest of a settlement has the new columns too.
INSERT INTO audit_entry (id, at, actor, action, subject, facts, record_table, record_key, record_version, record_digest)
SELECT CONCAT('000000151', LPAD(ROW_NUMBER() OVER (ORDER BY id), 17, '0')), UTC_TIMESTAMP(3),
  'migration', 'record.adopt', CONCAT('settlement:', id), '{}', 'settlement', id,
  1 + COALESCE((SELECT MAX(v.record_version) FROM audit_entry v WHERE v.record_table = 'settlement' AND v.record_key = s.id), 0),
  SHA2(CONCAT_WS(',',
    COALESCE(CONCAT(OCTET_LENGTH(company_id), ':', company_id), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(billing_period), ':', billing_period), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(contract_id), ':', contract_id), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(number), ':', number), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(state), ':', state), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(settled_on), ':', settled_on), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(billed_minor), ':', billed_minor), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(refunded_minor), ':', refunded_minor), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(line_count), ':', line_count), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(item_count), ':', item_count), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(tariff_code), ':', tariff_code), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(tariff_from), ':', tariff_from), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(fee_branch), ':', fee_branch), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(fee_ex_tax_minor), ':', fee_ex_tax_minor), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(fee_tax_rate_bps), ':', fee_tax_rate_bps), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(fee_tax_minor), ':', fee_tax_minor), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(carried_in_minor), ':', carried_in_minor), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(payout_minor), ':', payout_minor), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(carried_out_minor), ':', carried_out_minor), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(payout_on), ':', payout_on), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(created_at), ':', created_at), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(rule_version), ':', rule_version), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(legal_model), ':', legal_model), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(settlement_basis), ':', settlement_basis), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(fee_taxable), ':', fee_taxable), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(set_up_ex_tax_minor), ':', set_up_ex_tax_minor), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(set_up_tax_minor), ':', set_up_tax_minor), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(clawback_minor), ':', clawback_minor), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(recovery_minor), ':', recovery_minor), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(transfer_fee_minor), ':', transfer_fee_minor), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(held_reason), ':', held_reason), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(rejected_reason), ':', rejected_reason), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(revision), ':', revision), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(approval_id), ':', approval_id), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(approved_at), ':', approved_at), '-')), 256)
FROM settlement s WHERE state <> 'draft';
