-- What stands on a closed document is kept with it, and a change of what people and money hang on is found unless it
-- came with its audit row.

-- An audit row that belongs to a change of a guarded record names it, counts its changes, and has the digest of what
-- the record is after it (src/database/guarded-records.ts).
ALTER TABLE audit_entry
  ADD COLUMN record_table VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN record_key VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN record_version INT UNSIGNED NULL,
  ADD COLUMN record_digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD CONSTRAINT audit_entry_record UNIQUE (record_table, record_key, record_version),
  ADD CONSTRAINT audit_entry_whole_record CHECK ((record_table IS NULL) = (record_key IS NULL) AND (record_table IS NULL) = (record_version IS NULL));

-- Digest of a line with those who hold it, as its last import left it; their sum over all lines is in the audit trail.
ALTER TABLE line ADD COLUMN digest BIGINT UNSIGNED NULL;

-- The holder's name as it stands on the numbered invoice, whatever the line master says later.
ALTER TABLE line_invoice ADD COLUMN holder VARCHAR(120) NULL;

-- Who stands on the invoices of a period, as they were when it closed: the carrier (one row, id 0), companies, services;
-- with the version and the digest that their record had then, so that a change that was taken back again is found.
CREATE TABLE closed_period_party (
  billing_period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  closing_group TINYINT UNSIGNED NOT NULL,
  kind VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  party_id INT UNSIGNED NOT NULL,
  name VARCHAR(240) NOT NULL,
  registration_number CHAR(14) CHARACTER SET ascii COLLATE ascii_bin NULL,
  registered_from DATE NULL,
  registered_to DATE NULL,
  record_version INT UNSIGNED NULL,
  record_digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (billing_period, closing_group, kind, party_id),
  CONSTRAINT closed_period_party_kind CHECK (kind IN ('issuer', 'company', 'service')),
  CONSTRAINT closed_period_party_period FOREIGN KEY (billing_period, closing_group) REFERENCES billing_period (period, closing_group)
);

-- What the statement and the payout of a settlement say besides its figures, as it was when the settlement was made final.
CREATE TABLE settlement_document (
  settlement_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  content LONGTEXT NOT NULL,
  adopted BOOLEAN NOT NULL DEFAULT FALSE,
  contract_version INT UNSIGNED NULL,
  contract_digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  company_version INT UNSIGNED NULL,
  company_digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  created_at DATETIME(3) NOT NULL,
  CONSTRAINT settlement_document_settlement FOREIGN KEY (settlement_id) REFERENCES settlement (id),
  CONSTRAINT settlement_document_content CHECK (JSON_VALID(content))
);

-- The statement that was issued for a settlement; written again, it is the same file.
CREATE TABLE statement_file (
  settlement_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  checksum CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(3) NOT NULL,
  CONSTRAINT statement_file_settlement FOREIGN KEY (settlement_id) REFERENCES settlement (id)
);

-- What has closed before is taken as it is now; the carrier's own data are not in the database and stay as it is set up.
INSERT INTO closed_period_party (billing_period, closing_group, kind, party_id, name, registration_number, registered_from, registered_to)
SELECT p.period, p.closing_group, 'company', c.id, c.name, c.registration_number, c.registered_from, c.registered_to
FROM billing_period p JOIN company c WHERE p.state = 'closed';

INSERT INTO closed_period_party (billing_period, closing_group, kind, party_id, name, registration_number, registered_from, registered_to)
SELECT p.period, p.closing_group, 'service', v.id, v.name, NULL, NULL, NULL
FROM billing_period p JOIN service v WHERE p.state = 'closed';

INSERT INTO settlement_document (settlement_id, content, adopted, created_at)
SELECT s.id, JSON_OBJECT(
    'issuer', NULL,
    'company', JSON_OBJECT('code', c.code, 'name', c.name, 'nameEn', c.name_en, 'address', c.address,
      'registrationNumber', c.registration_number, 'registeredFrom', c.registered_from, 'registeredTo', c.registered_to),
    'contract', JSON_OBJECT('validFrom', k.valid_from, 'legalModel', k.legal_model, 'payoutMonths', k.payout_months,
      'payoutDay', k.payout_day, 'payoutBankDay', k.payout_bank_day),
    'bankAccount', JSON_OBJECT('bankCode', k.bank_code, 'bankName', k.bank_name, 'branchCode', k.branch_code,
      'branchName', k.branch_name, 'accountType', k.account_type, 'accountNumber', k.account_number,
      'accountHolder', k.account_holder),
    'tariff', JSON_OBJECT('name', t.name, 'nameEn', t.name_en, 'definition', JSON_EXTRACT(t.definition, '$')),
    'services', JSON_EXTRACT(COALESCE((SELECT CONCAT('[', GROUP_CONCAT(JSON_OBJECT('id', v.id, 'code', v.code, 'name', v.name, 'nameEn', v.name_en)
      ORDER BY v.code SEPARATOR ','), ']') FROM service v WHERE v.company_id = s.company_id), '[]'), '$')
  ), TRUE, UTC_TIMESTAMP(3)
FROM settlement s
JOIN company c ON c.id = s.company_id
JOIN contract k ON k.id = s.contract_id
JOIN tariff t ON t.code = s.tariff_code AND t.valid_from = s.tariff_from
WHERE s.state <> 'draft';

-- The trigger that keeps numbered invoices lets their holders' names in for the length of one statement. A line that was
-- held by several has its names in the line master.
CREATE OR REPLACE TRIGGER line_invoice_is_final BEFORE UPDATE ON line_invoice FOR EACH ROW
  IF OLD.number IS NOT NULL AND NOT (OLD.holder IS NULL AND NEW.holder IS NOT NULL AND NEW.number <=> OLD.number
      AND (NEW.billing_period, NEW.closing_group, NEW.line_id, NEW.holder_from, NEW.item_count, NEW.total_minor)
        = (OLD.billing_period, OLD.closing_group, OLD.line_id, OLD.holder_from, OLD.item_count, OLD.total_minor)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'line_invoice_is_final: a numbered invoice does not change';
  ELSEIF NEW.closing_group <> OLD.closing_group THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'line_invoice_keeps_its_group: a tenure has one invoice for a period';
  END IF;

UPDATE line_invoice l
JOIN (SELECT line_id, MAX(holder) AS holder FROM line_holder GROUP BY line_id HAVING COUNT(*) = 1) h ON h.line_id = l.line_id
SET l.holder = h.holder WHERE l.number IS NOT NULL;

CREATE OR REPLACE TRIGGER line_invoice_is_final BEFORE UPDATE ON line_invoice FOR EACH ROW
  IF OLD.number IS NOT NULL THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'line_invoice_is_final: a numbered invoice does not change';
  ELSEIF NEW.closing_group <> OLD.closing_group THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'line_invoice_keeps_its_group: a tenure has one invoice for a period';
  END IF;

UPDATE line t JOIN (
  SELECT l.line_id, CAST(CONV(LEFT(SHA2(CONCAT(CONCAT_WS(',',
      COALESCE(CONCAT(OCTET_LENGTH(l.line_id), ':', l.line_id), '-'),
      COALESCE(CONCAT(OCTET_LENGTH(l.closing_group), ':', l.closing_group), '-'),
      COALESCE(CONCAT(OCTET_LENGTH(l.status), ':', l.status), '-'),
      COALESCE(CONCAT(OCTET_LENGTH(l.monthly_limit_minor), ':', l.monthly_limit_minor), '-')),
    COALESCE(GROUP_CONCAT(IF(h.line_id IS NULL, NULL, CONCAT(';', CONCAT_WS(',',
      COALESCE(CONCAT(OCTET_LENGTH(h.valid_from), ':', h.valid_from), '-'),
      COALESCE(CONCAT(OCTET_LENGTH(h.valid_to), ':', h.valid_to), '-'),
      COALESCE(CONCAT(OCTET_LENGTH(h.holder), ':', h.holder), '-'),
      COALESCE(CONCAT(OCTET_LENGTH(h.birth_date), ':', h.birth_date), '-'),
      COALESCE(CONCAT(OCTET_LENGTH(h.email), ':', h.email), '-')))) ORDER BY h.valid_from SEPARATOR ''), '')), 256), 16), 16, 10) AS UNSIGNED) AS digest
  FROM line l LEFT JOIN line_holder h ON h.line_id = l.line_id GROUP BY l.line_id
) d ON d.line_id = t.line_id SET t.digest = d.digest;

INSERT INTO audit_entry (id, at, actor, action, subject, facts, record_table, record_key, record_version)
SELECT '00000009000000000000000000', UTC_TIMESTAMP(3), 'migration', 'record.adopt', 'line-master',
  JSON_OBJECT('linesDelta', COUNT(*), 'digestDelta', CAST(COALESCE(SUM(digest), 0) AS CHAR)), 'line', '00000009000000000000000000', 1
FROM line HAVING COUNT(*) > 0;

INSERT INTO audit_entry (id, at, actor, action, subject, facts, record_table, record_key, record_version, record_digest)
SELECT CONCAT('00000009C', LPAD(ROW_NUMBER() OVER (ORDER BY id), 17, '0')), UTC_TIMESTAMP(3),
  'migration', 'record.adopt', CONCAT('company:', CONCAT_WS('/', id)), '{}', 'company', CONCAT_WS('/', id), 1,
  SHA2(CONCAT_WS(',',
    COALESCE(CONCAT(OCTET_LENGTH(code), ':', code), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(name), ':', name), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(name_en), ':', name_en), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(address), ':', address), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(registration_number), ':', registration_number), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(registered_from), ':', registered_from), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(registered_to), ':', registered_to), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(state), ':', state), '-')), 256)
FROM company;

INSERT INTO audit_entry (id, at, actor, action, subject, facts, record_table, record_key, record_version, record_digest)
SELECT CONCAT('00000009S', LPAD(ROW_NUMBER() OVER (ORDER BY id), 17, '0')), UTC_TIMESTAMP(3),
  'migration', 'record.adopt', CONCAT('service:', CONCAT_WS('/', id)), '{}', 'service', CONCAT_WS('/', id), 1,
  SHA2(CONCAT_WS(',',
    COALESCE(CONCAT(OCTET_LENGTH(company_id), ':', company_id), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(code), ':', code), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(name), ':', name), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(name_en), ':', name_en), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(site_origin), ':', site_origin), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(state), ':', state), '-')), 256)
FROM service;

INSERT INTO audit_entry (id, at, actor, action, subject, facts, record_table, record_key, record_version, record_digest)
SELECT CONCAT('00000009K', LPAD(ROW_NUMBER() OVER (ORDER BY id), 17, '0')), UTC_TIMESTAMP(3),
  'migration', 'record.adopt', CONCAT('contract:', CONCAT_WS('/', id)), '{}', 'contract', CONCAT_WS('/', id), 1,
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
    COALESCE(CONCAT(OCTET_LENGTH(account_holder), ':', account_holder), '-')), 256)
FROM contract;

INSERT INTO audit_entry (id, at, actor, action, subject, facts, record_table, record_key, record_version, record_digest)
SELECT CONCAT('00000009A', LPAD(ROW_NUMBER() OVER (ORDER BY id), 17, '0')), UTC_TIMESTAMP(3),
  'migration', 'record.adopt', CONCAT('api_key:', CONCAT_WS('/', id)), '{}', 'api_key', CONCAT_WS('/', id), 1,
  SHA2(CONCAT_WS(',',
    COALESCE(CONCAT(OCTET_LENGTH(company_id), ':', company_id), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(label), ':', label), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(secret_hash), ':', secret_hash), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(scopes), ':', scopes), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(revoked_at), ':', revoked_at), '-')), 256)
FROM api_key;

INSERT INTO audit_entry (id, at, actor, action, subject, facts, record_table, record_key, record_version, record_digest)
SELECT CONCAT('00000009P', LPAD(ROW_NUMBER() OVER (ORDER BY id), 17, '0')), UTC_TIMESTAMP(3),
  'migration', 'record.adopt', CONCAT('subscriber:', CONCAT_WS('/', id)), '{}', 'subscriber', CONCAT_WS('/', id), 1,
  SHA2(CONCAT_WS(',',
    COALESCE(CONCAT(OCTET_LENGTH(issued_id), ':', issued_id), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(line_id), ':', line_id), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(holder_from), ':', holder_from), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(slot), ':', slot), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(display_name), ':', display_name), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(password_hash), ':', password_hash), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(monthly_limit_minor), ':', monthly_limit_minor), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(state), ':', state), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(ended_at), ':', ended_at), '-')), 256)
FROM subscriber;

INSERT INTO audit_entry (id, at, actor, action, subject, facts, record_table, record_key, record_version, record_digest)
SELECT CONCAT('00000009T', LPAD(ROW_NUMBER() OVER (ORDER BY code, valid_from), 17, '0')), UTC_TIMESTAMP(3),
  'migration', 'record.adopt', CONCAT('tariff:', CONCAT_WS('/', code, valid_from)), '{}', 'tariff', CONCAT_WS('/', code, valid_from), 1,
  SHA2(CONCAT_WS(',',
    COALESCE(CONCAT(OCTET_LENGTH(name), ':', name), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(name_en), ':', name_en), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(definition), ':', definition), '-')), 256)
FROM tariff;

INSERT INTO audit_entry (id, at, actor, action, subject, facts, record_table, record_key, record_version, record_digest)
SELECT CONCAT('00000009G', LPAD(ROW_NUMBER() OVER (ORDER BY id), 17, '0')), UTC_TIMESTAMP(3),
  'migration', 'record.adopt', CONCAT('ledger_account:', CONCAT_WS('/', id)), '{}', 'ledger_account', CONCAT_WS('/', id), 1,
  SHA2(CONCAT_WS(',',
    COALESCE(CONCAT(OCTET_LENGTH(code), ':', code), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(kind), ':', kind), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(company_id), ':', company_id), '-')), 256)
FROM ledger_account;

INSERT INTO audit_entry (id, at, actor, action, subject, facts, record_table, record_key, record_version, record_digest)
SELECT CONCAT('00000009B', LPAD(ROW_NUMBER() OVER (ORDER BY period, closing_group), 17, '0')), UTC_TIMESTAMP(3),
  'migration', 'record.adopt', CONCAT('billing_period:', CONCAT_WS('/', period, closing_group)), '{}', 'billing_period', CONCAT_WS('/', period, closing_group), 1,
  SHA2(CONCAT_WS(',',
    COALESCE(CONCAT(OCTET_LENGTH(starts_on), ':', starts_on), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(closes_on), ':', closes_on), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(issue_on), ':', issue_on), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(due_on), ':', due_on), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(state), ':', state), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(invoice_count), ':', invoice_count), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(item_count), ':', item_count), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(total_minor), ':', total_minor), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(checksum), ':', checksum), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(closed_at), ':', closed_at), '-')), 256)
FROM billing_period WHERE state = 'closed';

INSERT INTO audit_entry (id, at, actor, action, subject, facts, record_table, record_key, record_version, record_digest)
SELECT CONCAT('00000009M', LPAD(ROW_NUMBER() OVER (ORDER BY id), 17, '0')), UTC_TIMESTAMP(3),
  'migration', 'record.adopt', CONCAT('settlement:', CONCAT_WS('/', id)), '{}', 'settlement', CONCAT_WS('/', id), 1,
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
    COALESCE(CONCAT(OCTET_LENGTH(created_at), ':', created_at), '-')), 256)
FROM settlement WHERE state <> 'draft';

INSERT INTO audit_entry (id, at, actor, action, subject, facts, record_table, record_key, record_version, record_digest)
SELECT CONCAT('00000009D', LPAD(ROW_NUMBER() OVER (ORDER BY settlement_id), 17, '0')), UTC_TIMESTAMP(3),
  'migration', 'record.adopt', CONCAT('settlement_document:', CONCAT_WS('/', settlement_id)), '{}', 'settlement_document', CONCAT_WS('/', settlement_id), 1,
  SHA2(CONCAT_WS(',',
    COALESCE(CONCAT(OCTET_LENGTH(content), ':', content), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(adopted), ':', adopted), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(contract_version), ':', contract_version), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(contract_digest), ':', contract_digest), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(company_version), ':', company_version), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(company_digest), ':', company_digest), '-')), 256)
FROM settlement_document;

CREATE TRIGGER closed_period_party_is_final BEFORE UPDATE ON closed_period_party FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'closed_period_party_is_final: what stands on closed invoices does not change';

CREATE TRIGGER closed_period_party_stays BEFORE DELETE ON closed_period_party FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'closed_period_party_stays: what stands on closed invoices does not change';

CREATE TRIGGER closed_period_party_comes_before BEFORE INSERT ON closed_period_party FOR EACH ROW
  IF (SELECT state FROM billing_period WHERE period = NEW.billing_period AND closing_group = NEW.closing_group) = 'closed' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'closed_period_party_comes_before: what stands on closed invoices does not change';
  END IF;

CREATE TRIGGER settlement_document_is_final BEFORE UPDATE ON settlement_document FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_document_is_final: an approved settlement does not change';

CREATE TRIGGER settlement_document_stays BEFORE DELETE ON settlement_document FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_document_stays: an approved settlement does not change';

CREATE TRIGGER statement_file_is_final BEFORE UPDATE ON statement_file FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'statement_file_is_final: a statement is issued once';

CREATE TRIGGER statement_file_stays BEFORE DELETE ON statement_file FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'statement_file_stays: a statement is issued once';

-- A key is issued once and revoked once.
CREATE TRIGGER api_key_is_final BEFORE UPDATE ON api_key FOR EACH ROW
  IF OLD.revoked_at IS NOT NULL OR (NEW.id, NEW.company_id, NEW.secret_hash, NEW.scopes, NEW.created_at)
      <> (OLD.id, OLD.company_id, OLD.secret_hash, OLD.scopes, OLD.created_at) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'api_key_is_final: another key is another row';
  END IF;

-- What a subscriber has agreed to, and who: terms that were confirmed are those that hold.
CREATE TRIGGER consent_keeps_its_terms BEFORE UPDATE ON consent FOR EACH ROW
  IF NOT ((NEW.id, NEW.company_id, NEW.service_id, NEW.description, NEW.created_at)
        = (OLD.id, OLD.company_id, OLD.service_id, OLD.description, OLD.created_at) AND NEW.per_charge_max_minor <=> OLD.per_charge_max_minor)
      OR (OLD.subscriber_id IS NOT NULL AND NOT (NEW.subscriber_id <=> OLD.subscriber_id AND NEW.line_id <=> OLD.line_id
        AND NEW.holder_from <=> OLD.holder_from AND NEW.agreed_at <=> OLD.agreed_at)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'consent_keeps_its_terms: other terms are another consent';
  END IF;

CREATE TRIGGER consent_stays BEFORE DELETE ON consent FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'consent_stays: a consent ends and is kept';

CREATE TRIGGER subscription_keeps_its_terms BEFORE UPDATE ON subscription FOR EACH ROW
  IF NOT ((NEW.id, NEW.company_id, NEW.service_id, NEW.item_code, NEW.description, NEW.amount_minor, NEW.tax_code, NEW.charge_day,
          NEW.first_month_free, NEW.last_month_free, NEW.created_at)
        = (OLD.id, OLD.company_id, OLD.service_id, OLD.item_code, OLD.description, OLD.amount_minor, OLD.tax_code, OLD.charge_day,
          OLD.first_month_free, OLD.last_month_free, OLD.created_at) AND NEW.reference <=> OLD.reference)
      OR (OLD.subscriber_id IS NOT NULL AND NOT (NEW.subscriber_id <=> OLD.subscriber_id AND NEW.line_id <=> OLD.line_id
        AND NEW.holder_from <=> OLD.holder_from)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'subscription_keeps_its_terms: other terms are another subscription';
  END IF;

CREATE TRIGGER subscription_stays BEFORE DELETE ON subscription FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'subscription_stays: a subscription ends and is kept';

-- What was decided on the carrier's page is what a sale stands on.
CREATE TRIGGER checkout_is_final BEFORE UPDATE ON checkout FOR EACH ROW
  IF OLD.state <> 'open' OR (NEW.subject_id, NEW.kind, NEW.company_id) <> (OLD.subject_id, OLD.kind, OLD.company_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'checkout_is_final: what was decided does not change';
  END IF;

CREATE TRIGGER checkout_stays BEFORE DELETE ON checkout FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'checkout_stays: what was decided is kept';
