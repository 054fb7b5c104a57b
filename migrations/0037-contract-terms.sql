-- Terms of a contract on which money depends: what is paid on, who is taxed, what is billed once, from which amount it is
-- transferred, who bears that, and what may be refunded.
ALTER TABLE contract
  ADD COLUMN settlement_basis VARCHAR(9) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'billed',
  ADD COLUMN fee_taxable BOOLEAN NOT NULL DEFAULT TRUE,
  ADD COLUMN set_up_fee_minor BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN minimum_payout_minor BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN fee_bearer VARCHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'carrier',
  ADD COLUMN transfer_fee_minor BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN refund_days SMALLINT UNSIGNED NOT NULL DEFAULT 60,
  ADD COLUMN partial_refunds BOOLEAN NOT NULL DEFAULT TRUE;

-- The difference between the amount of an assigned claim and its price is exempt; what is settled stays as it was taxed.
UPDATE contract SET fee_taxable = FALSE WHERE legal_model = 'assignment';

-- The set-up fee was a component of the tariff. Where no settlement has billed it, the contract that is settled next has it.
UPDATE contract k
JOIN (SELECT id, ROW_NUMBER() OVER (PARTITION BY company_id ORDER BY COALESCE(valid_to > CURRENT_DATE, TRUE) DESC,
    IF(COALESCE(valid_to > CURRENT_DATE, TRUE), valid_from, NULL), valid_from DESC) AS choice
  FROM contract) AS c ON c.id = k.id AND c.choice = 1
JOIN tariff t ON t.code = k.tariff_code AND t.valid_from = (SELECT MAX(v.valid_from) FROM tariff v
  WHERE v.code = k.tariff_code AND v.valid_from <= GREATEST(k.valid_from, CURRENT_DATE))
SET k.set_up_fee_minor = COALESCE(JSON_VALUE(t.definition, '$.setUpMinor'), 0)
WHERE NOT EXISTS (SELECT 1 FROM settlement s WHERE s.company_id = k.company_id AND s.billed_minor > s.refunded_minor);

ALTER TABLE contract
  ADD CONSTRAINT contract_settlement_basis CHECK (settlement_basis = 'billed' OR (settlement_basis = 'collected' AND legal_model = 'agency')),
  ADD CONSTRAINT contract_fee_taxable CHECK (fee_taxable = 1 OR legal_model = 'assignment'),
  ADD CONSTRAINT contract_fee_bearer CHECK (fee_bearer IN ('carrier', 'company') AND (fee_bearer = 'company' OR transfer_fee_minor = 0)),
  ADD CONSTRAINT contract_amounts CHECK (set_up_fee_minor >= 0 AND minimum_payout_minor >= 0 AND transfer_fee_minor >= 0);

-- The contract a company was settled by stays what it was then.
CREATE OR REPLACE TRIGGER contract_of_settlement_is_final BEFORE UPDATE ON contract FOR EACH ROW
  IF (NEW.id, NEW.company_id, NEW.tariff_code, NEW.legal_model, NEW.valid_from, NEW.payout_months, NEW.payout_day, NEW.payout_bank_day,
      NEW.settlement_basis, NEW.fee_taxable, NEW.set_up_fee_minor, NEW.minimum_payout_minor, NEW.fee_bearer, NEW.transfer_fee_minor)
      <> (OLD.id, OLD.company_id, OLD.tariff_code, OLD.legal_model, OLD.valid_from, OLD.payout_months, OLD.payout_day, OLD.payout_bank_day,
      OLD.settlement_basis, OLD.fee_taxable, OLD.set_up_fee_minor, OLD.minimum_payout_minor, OLD.fee_bearer, OLD.transfer_fee_minor)
    AND EXISTS (SELECT 1 FROM settlement WHERE contract_id = OLD.id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'contract_of_settlement_is_final: other terms are another contract';
  END IF;

-- The digest of a contract has the new terms too.
INSERT INTO audit_entry (id, at, actor, action, subject, facts, record_table, record_key, record_version, record_digest)
SELECT CONCAT('000000150', LPAD(ROW_NUMBER() OVER (ORDER BY id), 17, '0')), UTC_TIMESTAMP(3),
  'migration', 'record.adopt', CONCAT('contract:', id), '{}', 'contract', id,
  1 + COALESCE((SELECT MAX(v.record_version) FROM audit_entry v WHERE v.record_table = 'contract' AND v.record_key = CAST(k.id AS CHAR)), 0),
  SHA2(CONCAT_WS(',',
    COALESCE(CONCAT(OCTET_LENGTH(company_id), ':', company_id), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(tariff_code), ':', tariff_code), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(legal_model), ':', legal_model), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(valid_from), ':', valid_from), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(valid_to), ':', valid_to), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(per_charge_max_minor), ':', per_charge_max_minor), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(late_charges), ':', late_charges), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(authorization_days), ':', authorization_days), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(payout_months), ':', payout_months), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(payout_day), ':', payout_day), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(payout_bank_day), ':', payout_bank_day), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(bank_code), ':', bank_code), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(bank_name), ':', bank_name), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(branch_code), ':', branch_code), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(branch_name), ':', branch_name), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(account_type), ':', account_type), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(account_number), ':', account_number), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(account_holder), ':', account_holder), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(settlement_basis), ':', settlement_basis), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(fee_taxable), ':', fee_taxable), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(set_up_fee_minor), ':', set_up_fee_minor), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(minimum_payout_minor), ':', minimum_payout_minor), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(fee_bearer), ':', fee_bearer), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(transfer_fee_minor), ':', transfer_fee_minor), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(refund_days), ':', refund_days), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(partial_refunds), ':', partial_refunds), '-')), 256)
FROM contract k;
