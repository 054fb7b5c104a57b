-- The tables of the main road: companies sell, lines buy, nights fold, months close and settle.
-- Identifiers and codes are ASCII and compared byte by byte; instants are UTC; dates are local business dates;
-- money is a whole number of minor units, tax included unless the name says otherwise.
-- A statement ends with a semicolon at the end of a line that an empty line (or the end) follows.

ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE company (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(120) NOT NULL,
  name_en VARCHAR(120) NOT NULL,
  address VARCHAR(240) NOT NULL,
  registration_number CHAR(14) CHARACTER SET ascii COLLATE ascii_bin NULL,
  registered_from DATE NULL,
  registered_to DATE NULL,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(3) NOT NULL,
  CONSTRAINT company_code UNIQUE (code),
  CONSTRAINT company_state CHECK (state IN ('active', 'suspended')),
  CONSTRAINT company_registration CHECK (registration_number REGEXP '^T[0-9]{13}$')
);

CREATE TABLE api_key (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  company_id INT UNSIGNED NOT NULL,
  label VARCHAR(60) NOT NULL,
  secret_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  scopes VARCHAR(240) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(3) NOT NULL,
  revoked_at DATETIME(3) NULL,
  CONSTRAINT api_key_company FOREIGN KEY (company_id) REFERENCES company (id)
);

CREATE TABLE service (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  company_id INT UNSIGNED NOT NULL,
  code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(120) NOT NULL,
  name_en VARCHAR(120) NOT NULL,
  site_origin VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(3) NOT NULL,
  CONSTRAINT service_code UNIQUE (company_id, code),
  CONSTRAINT service_company FOREIGN KEY (company_id) REFERENCES company (id),
  CONSTRAINT service_state CHECK (state IN ('active', 'suspended'))
);

CREATE TABLE tariff (
  code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  valid_from DATE NOT NULL,
  name VARCHAR(120) NOT NULL,
  name_en VARCHAR(120) NOT NULL,
  definition LONGTEXT NOT NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (code, valid_from),
  CONSTRAINT tariff_definition CHECK (JSON_VALID(definition))
);

CREATE TABLE contract (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  company_id INT UNSIGNED NOT NULL,
  tariff_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  legal_model VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NULL,
  per_charge_max_minor BIGINT NOT NULL,
  late_charges VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  authorization_days TINYINT UNSIGNED NOT NULL,
  payout_months TINYINT UNSIGNED NOT NULL,
  payout_day TINYINT UNSIGNED NOT NULL,
  payout_bank_day VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  bank_code CHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  bank_name VARCHAR(60) NOT NULL,
  branch_code CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  branch_name VARCHAR(60) NOT NULL,
  account_type VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  account_number CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  account_holder VARCHAR(60) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  CONSTRAINT contract_start UNIQUE (company_id, valid_from),
  CONSTRAINT contract_company FOREIGN KEY (company_id) REFERENCES company (id),
  CONSTRAINT contract_legal_model CHECK (legal_model IN ('agency', 'assignment')),
  CONSTRAINT contract_late_charges CHECK (late_charges IN ('accept', 'refuse')),
  CONSTRAINT contract_payout_bank_day CHECK (payout_bank_day IN ('previous', 'next')),
  CONSTRAINT contract_account_type CHECK (account_type IN ('ordinary', 'current', 'savings', 'other')),
  CONSTRAINT contract_whole_months CHECK (DAYOFMONTH(valid_from) = 1 AND (valid_to IS NULL OR (DAYOFMONTH(valid_to) = 1 AND valid_to > valid_from))),
  CONSTRAINT contract_payout_day CHECK (payout_day BETWEEN 1 AND 31 AND payout_months BETWEEN 1 AND 6)
);

CREATE TABLE line (
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  closing_group TINYINT UNSIGNED NOT NULL,
  status VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  monthly_limit_minor BIGINT NULL,
  updated_at DATETIME(3) NOT NULL,
  CONSTRAINT line_closing_group CHECK (closing_group IN (5, 10, 15, 20, 25, 31)),
  CONSTRAINT line_status CHECK (status IN ('active', 'suspended', 'closed'))
);

-- Who holds a line, from a day until another; a line that moves keeps its identifier.
CREATE TABLE line_holder (
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NULL,
  holder VARCHAR(120) NOT NULL,
  birth_date DATE NULL,
  email VARCHAR(254) NULL,
  updated_at DATETIME(3) NOT NULL,
  PRIMARY KEY (line_id, valid_from),
  CONSTRAINT line_holder_line FOREIGN KEY (line_id) REFERENCES line (line_id),
  CONSTRAINT line_holder_range CHECK (valid_to IS NULL OR valid_to >= valid_from)
);

CREATE TABLE subscriber (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  issued_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  holder_from DATE NOT NULL,
  slot TINYINT UNSIGNED NULL,
  display_name VARCHAR(60) NOT NULL,
  password_hash VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NULL,
  monthly_limit_minor BIGINT NULL,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(3) NOT NULL,
  ended_at DATETIME(3) NULL,
  CONSTRAINT subscriber_issued_id UNIQUE (issued_id),
  CONSTRAINT subscriber_slot UNIQUE (line_id, slot),
  CONSTRAINT subscriber_five_per_line CHECK (slot BETWEEN 1 AND 5),
  CONSTRAINT subscriber_state CHECK ((state = 'active' AND slot IS NOT NULL) OR (state = 'ended' AND slot IS NULL)),
  CONSTRAINT subscriber_holder FOREIGN KEY (line_id, holder_from) REFERENCES line_holder (line_id, valid_from)
);

CREATE TABLE session (
  id_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  content LONGTEXT NOT NULL,
  expires_at DATETIME(3) NOT NULL,
  INDEX session_expiry (expires_at),
  CONSTRAINT session_content CHECK (JSON_VALID(content))
);

-- Failed sign-ins, counted per issued ID and per source address; keys are hashes.
CREATE TABLE sign_in_failure (
  scope VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  key_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  failures INT UNSIGNED NOT NULL,
  first_failed_at DATETIME(3) NOT NULL,
  locked_until DATETIME(3) NULL,
  PRIMARY KEY (scope, key_hash),
  CONSTRAINT sign_in_failure_scope CHECK (scope IN ('id', 'source'))
);

CREATE TABLE idempotency_key (
  company_id INT UNSIGNED NOT NULL,
  key_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  request_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status SMALLINT UNSIGNED NOT NULL,
  answer LONGTEXT NOT NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (company_id, key_hash),
  INDEX idempotency_key_age (created_at)
);

-- One row per billing period and closing group: 2026-05 of group 5 runs from 2026-05-06 to 2026-06-05.
CREATE TABLE billing_period (
  period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  closing_group TINYINT UNSIGNED NOT NULL,
  starts_on DATE NOT NULL,
  closes_on DATE NOT NULL,
  issue_on DATE NOT NULL,
  due_on DATE NOT NULL,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  invoice_count INT UNSIGNED NULL,
  item_count INT UNSIGNED NULL,
  total_minor BIGINT NULL,
  checksum CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  closed_at DATETIME(3) NULL,
  PRIMARY KEY (period, closing_group),
  INDEX billing_period_open (state, closes_on),
  CONSTRAINT billing_period_group CHECK (closing_group IN (5, 10, 15, 20, 25, 31)),
  CONSTRAINT billing_period_state CHECK (state IN ('open', 'closing', 'closed')),
  CONSTRAINT billing_period_proof CHECK (state <> 'closed' OR (invoice_count IS NOT NULL AND item_count IS NOT NULL AND total_minor IS NOT NULL AND checksum IS NOT NULL AND closed_at IS NOT NULL))
);

-- What a line has spent or reserved in a billing period, and the closing group the period was begun with.
CREATE TABLE line_period (
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  closing_group TINYINT UNSIGNED NOT NULL,
  spent_minor BIGINT NOT NULL,
  PRIMARY KEY (line_id, period),
  CONSTRAINT line_period_spent CHECK (spent_minor >= 0)
);

-- What a subscriber is asked to confirm on the carrier's own page: a charge, a subscription or a standing consent.
CREATE TABLE checkout (
  subject_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  kind VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  company_id INT UNSIGNED NOT NULL,
  return_url VARCHAR(2048) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  expires_at DATETIME(3) NOT NULL,
  decided_at DATETIME(3) NULL,
  INDEX checkout_open (state, expires_at),
  CONSTRAINT checkout_kind CHECK (kind IN ('charge', 'subscription', 'consent')),
  CONSTRAINT checkout_state CHECK (state IN ('open', 'confirmed', 'declined', 'expired', 'withdrawn'))
);

CREATE TABLE consent (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  company_id INT UNSIGNED NOT NULL,
  service_id INT UNSIGNED NOT NULL,
  subscriber_id INT UNSIGNED NULL,
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  holder_from DATE NULL,
  description VARCHAR(120) NOT NULL,
  per_charge_max_minor BIGINT NULL,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(3) NOT NULL,
  agreed_at DATETIME(3) NULL,
  ended_at DATETIME(3) NULL,
  INDEX consent_of_company (company_id, id),
  INDEX consent_of_state (company_id, state, id),
  INDEX consent_of_subscriber (subscriber_id, id),
  CONSTRAINT consent_service FOREIGN KEY (service_id) REFERENCES service (id),
  CONSTRAINT consent_subscriber FOREIGN KEY (subscriber_id) REFERENCES subscriber (id),
  CONSTRAINT consent_state CHECK (state IN ('pending', 'active', 'declined', 'expired', 'ended')),
  CONSTRAINT consent_agreed CHECK (state <> 'active' OR (subscriber_id IS NOT NULL AND line_id IS NOT NULL AND holder_from IS NOT NULL AND agreed_at IS NOT NULL))
);

CREATE TABLE subscription (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  company_id INT UNSIGNED NOT NULL,
  service_id INT UNSIGNED NOT NULL,
  item_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  description VARCHAR(120) NOT NULL,
  reference VARCHAR(64) NULL,
  amount_minor BIGINT NOT NULL,
  tax_code VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  charge_day TINYINT UNSIGNED NOT NULL,
  first_month_free BOOLEAN NOT NULL,
  last_month_free BOOLEAN NOT NULL,
  subscriber_id INT UNSIGNED NULL,
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  holder_from DATE NULL,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(3) NOT NULL,
  joined_at DATETIME(3) NULL,
  joined_on DATE NULL,
  left_at DATETIME(3) NULL,
  left_on DATE NULL,
  renewed_through CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NULL,
  INDEX subscription_of_company (company_id, id),
  INDEX subscription_of_state (company_id, state, id),
  INDEX subscription_of_reference (company_id, reference, id),
  INDEX subscription_due (state, renewed_through, charge_day, id),
  INDEX subscription_of_subscriber (subscriber_id, id),
  CONSTRAINT subscription_service FOREIGN KEY (service_id) REFERENCES service (id),
  CONSTRAINT subscription_subscriber FOREIGN KEY (subscriber_id) REFERENCES subscriber (id),
  CONSTRAINT subscription_amount CHECK (amount_minor > 0),
  CONSTRAINT subscription_tax_code CHECK (tax_code IN ('standard', 'reduced')),
  CONSTRAINT subscription_charge_day CHECK (charge_day BETWEEN 1 AND 25 OR charge_day = 31),
  CONSTRAINT subscription_state CHECK (state IN ('pending', 'active', 'leaving', 'ended', 'declined', 'expired')),
  CONSTRAINT subscription_joined CHECK (state NOT IN ('active', 'leaving', 'ended') OR (subscriber_id IS NOT NULL AND line_id IS NOT NULL AND holder_from IS NOT NULL AND joined_on IS NOT NULL)),
  CONSTRAINT subscription_left CHECK ((state NOT IN ('leaving', 'ended')) OR left_on IS NOT NULL)
);

CREATE TABLE charge (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  company_id INT UNSIGNED NOT NULL,
  service_id INT UNSIGNED NOT NULL,
  kind VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_minor BIGINT NOT NULL,
  captured_minor BIGINT NULL,
  tax_code VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  tax_rate_bps SMALLINT UNSIGNED NULL,
  description VARCHAR(120) NOT NULL,
  reference VARCHAR(64) NULL,
  automatic_capture BOOLEAN NOT NULL,
  subscriber_id INT UNSIGNED NULL,
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  holder_from DATE NULL,
  consent_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  subscription_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  subscription_month CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NULL,
  created_at DATETIME(3) NOT NULL,
  open_until DATETIME(3) NULL,
  authorized_at DATETIME(3) NULL,
  reserved_period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NULL,
  captured_at DATETIME(3) NULL,
  business_date DATE NULL,
  billing_period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NULL,
  closing_group TINYINT UNSIGNED NULL,
  late BOOLEAN NOT NULL DEFAULT FALSE,
  ended_at DATETIME(3) NULL,
  ended_by VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL,
  INDEX charge_of_company (company_id, id),
  INDEX charge_of_state (company_id, state, id),
  INDEX charge_of_reference (company_id, reference, id),
  INDEX charge_to_fold (billing_period, closing_group, business_date, line_id, id, captured_minor),
  INDEX charge_to_expire (open_until),
  CONSTRAINT charge_subscription_month UNIQUE (subscription_id, subscription_month),
  CONSTRAINT charge_service FOREIGN KEY (service_id) REFERENCES service (id),
  CONSTRAINT charge_billing_period FOREIGN KEY (billing_period, closing_group) REFERENCES billing_period (period, closing_group),
  CONSTRAINT charge_kind CHECK (kind IN ('one_time', 'monthly', 'usage')),
  CONSTRAINT charge_state CHECK (state IN ('pending', 'authorized', 'captured', 'cancelled', 'expired')),
  CONSTRAINT charge_tax_code CHECK (tax_code IN ('standard', 'reduced')),
  CONSTRAINT charge_amount CHECK (amount_minor > 0),
  CONSTRAINT charge_captured_amount CHECK (captured_minor BETWEEN 1 AND amount_minor),
  CONSTRAINT charge_captured CHECK ((state = 'captured') = (captured_minor IS NOT NULL AND captured_at IS NOT NULL AND business_date IS NOT NULL AND billing_period IS NOT NULL AND closing_group IS NOT NULL AND tax_rate_bps IS NOT NULL)),
  CONSTRAINT charge_buyer CHECK (state NOT IN ('authorized', 'captured') OR (line_id IS NOT NULL AND holder_from IS NOT NULL AND reserved_period IS NOT NULL)),
  CONSTRAINT charge_monthly CHECK ((kind = 'monthly') = (subscription_id IS NOT NULL AND subscription_month IS NOT NULL)),
  CONSTRAINT charge_usage CHECK ((kind = 'usage') = (consent_id IS NOT NULL))
);

-- Which calendar month of an item a subscriber has had: joining again in the same month finds it taken.
CREATE TABLE subscription_month (
  subscriber_id INT UNSIGNED NOT NULL,
  service_id INT UNSIGNED NOT NULL,
  item_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  month CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subscription_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  outcome VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  charge_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (subscriber_id, service_id, item_code, month),
  CONSTRAINT subscription_month_outcome CHECK (outcome IN ('charged', 'free', 'refused') AND (outcome = 'charged') = (charge_id IS NOT NULL)),
  CONSTRAINT subscription_month_subscription FOREIGN KEY (subscription_id) REFERENCES subscription (id)
);

CREATE TABLE line_invoice (
  billing_period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  closing_group TINYINT UNSIGNED NOT NULL,
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  number VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NULL,
  item_count INT UNSIGNED NOT NULL,
  total_minor BIGINT NOT NULL,
  PRIMARY KEY (billing_period, closing_group, line_id),
  CONSTRAINT line_invoice_one_per_period UNIQUE (line_id, billing_period),
  CONSTRAINT line_invoice_number UNIQUE (number),
  CONSTRAINT line_invoice_period FOREIGN KEY (billing_period, closing_group) REFERENCES billing_period (period, closing_group)
);

CREATE TABLE invoice_item (
  billing_period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  closing_group TINYINT UNSIGNED NOT NULL,
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  charge_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  company_id INT UNSIGNED NOT NULL,
  service_id INT UNSIGNED NOT NULL,
  holder_from DATE NOT NULL,
  business_date DATE NOT NULL,
  kind VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  description VARCHAR(120) NOT NULL,
  amount_minor BIGINT NOT NULL,
  tax_code VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  tax_rate_bps SMALLINT UNSIGNED NOT NULL,
  late BOOLEAN NOT NULL,
  PRIMARY KEY (billing_period, closing_group, line_id, charge_id),
  CONSTRAINT invoice_item_charge UNIQUE (charge_id)
);

-- Tax of an invoice, rounded once per rate; registered and unregistered suppliers are kept apart.
CREATE TABLE line_invoice_tax (
  billing_period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  closing_group TINYINT UNSIGNED NOT NULL,
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  part VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  tax_code VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  tax_rate_bps SMALLINT UNSIGNED NOT NULL,
  total_minor BIGINT NOT NULL,
  tax_minor BIGINT NOT NULL,
  PRIMARY KEY (billing_period, closing_group, line_id, part, tax_code, tax_rate_bps),
  CONSTRAINT line_invoice_tax_part CHECK (part IN ('registered', 'unregistered'))
);

CREATE TABLE settlement (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  company_id INT UNSIGNED NOT NULL,
  billing_period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  contract_id INT UNSIGNED NOT NULL,
  number VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  settled_on DATE NOT NULL,
  billed_minor BIGINT NOT NULL,
  refunded_minor BIGINT NOT NULL,
  line_count INT UNSIGNED NOT NULL,
  item_count INT UNSIGNED NOT NULL,
  tariff_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  tariff_from DATE NOT NULL,
  fee_branch VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  fee_ex_tax_minor BIGINT NOT NULL,
  fee_tax_rate_bps SMALLINT UNSIGNED NOT NULL,
  fee_tax_minor BIGINT NOT NULL,
  carried_in_minor BIGINT NOT NULL,
  payout_minor BIGINT NOT NULL,
  carried_out_minor BIGINT NOT NULL,
  payout_on DATE NOT NULL,
  created_at DATETIME(3) NOT NULL,
  CONSTRAINT settlement_one_per_period UNIQUE (company_id, billing_period),
  CONSTRAINT settlement_number UNIQUE (number),
  CONSTRAINT settlement_company FOREIGN KEY (company_id) REFERENCES company (id),
  CONSTRAINT settlement_contract FOREIGN KEY (contract_id) REFERENCES contract (id),
  CONSTRAINT settlement_tariff FOREIGN KEY (tariff_code, tariff_from) REFERENCES tariff (code, valid_from),
  CONSTRAINT settlement_state CHECK (state IN ('draft', 'approved', 'paid')),
  CONSTRAINT settlement_fee_branch CHECK (fee_branch IN ('minimum', 'percent', 'band')),
  CONSTRAINT settlement_payout CHECK (payout_minor >= 0 AND carried_out_minor <= 0 AND (payout_minor = 0 OR carried_out_minor = 0)),
  CONSTRAINT settlement_balance CHECK (billed_minor - refunded_minor - fee_ex_tax_minor - fee_tax_minor + carried_in_minor = payout_minor + carried_out_minor)
);

-- What a settlement is made of, by closing group, service and tax rate.
CREATE TABLE settlement_part (
  settlement_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  closing_group TINYINT UNSIGNED NOT NULL,
  service_id INT UNSIGNED NOT NULL,
  tax_code VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  tax_rate_bps SMALLINT UNSIGNED NOT NULL,
  line_count INT UNSIGNED NOT NULL,
  item_count INT UNSIGNED NOT NULL,
  total_minor BIGINT NOT NULL,
  PRIMARY KEY (settlement_id, closing_group, service_id, tax_code, tax_rate_bps),
  CONSTRAINT settlement_part_settlement FOREIGN KEY (settlement_id) REFERENCES settlement (id)
);

CREATE TABLE ledger_account (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  company_id INT UNSIGNED NULL,
  CONSTRAINT ledger_account_code UNIQUE (code),
  CONSTRAINT ledger_account_company FOREIGN KEY (company_id) REFERENCES company (id)
);

-- Double entry: one row moves one amount from the credited to the debited account, so a journal
-- (all rows of one journal_id) balances by its very shape.
CREATE TABLE ledger_entry (
  business_date DATE NOT NULL,
  journal_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  debit_account INT UNSIGNED NOT NULL,
  credit_account INT UNSIGNED NOT NULL,
  amount_minor BIGINT NOT NULL,
  billing_period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (business_date, journal_id, kind),
  CONSTRAINT ledger_entry_kind CHECK (kind IN ('authorization', 'release', 'capture', 'cancellation', 'expiry', 'fee', 'tax', 'payout')),
  CONSTRAINT ledger_entry_amount CHECK (amount_minor > 0),
  CONSTRAINT ledger_entry_accounts CHECK (debit_account <> credit_account)
);

-- One execution of one batch job for one business date.
CREATE TABLE run (
  job VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  business_date DATE NOT NULL,
  part VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  attempt INT UNSIGNED NOT NULL,
  held_by VARCHAR(120) NULL,
  lease_token CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  lease_until DATETIME(3) NULL,
  expected BIGINT UNSIGNED NOT NULL,
  done BIGINT UNSIGNED NOT NULL,
  skipped BIGINT UNSIGNED NOT NULL,
  parked BIGINT UNSIGNED NOT NULL,
  manifest LONGTEXT NULL,
  started_at DATETIME(3) NOT NULL,
  finished_at DATETIME(3) NULL,
  error VARCHAR(500) NULL,
  PRIMARY KEY (job, business_date, part),
  CONSTRAINT run_state CHECK (state IN ('running', 'finished', 'failed')),
  CONSTRAINT run_manifest_balances CHECK (state <> 'finished' OR expected = done + skipped + parked),
  CONSTRAINT run_manifest CHECK (manifest IS NULL OR JSON_VALID(manifest))
);

-- What a run could not process and set aside, with the reason; it never stops the others.
CREATE TABLE parked (
  job VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  business_date DATE NOT NULL,
  subject VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(300) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (job, business_date, subject)
);

-- Who did what that is not a charge: the audit trail of staff, subscribers and the command line.
CREATE TABLE audit_entry (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  at DATETIME(3) NOT NULL,
  actor VARCHAR(80) NOT NULL,
  action VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(80) NOT NULL,
  facts LONGTEXT NOT NULL,
  CONSTRAINT audit_entry_facts CHECK (JSON_VALID(facts))
);

-- What is confirmed never changes: the database itself refuses, whoever asks.
CREATE TRIGGER ledger_entry_is_final BEFORE UPDATE ON ledger_entry FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'ledger_entry_is_final: a correction is a new entry';

CREATE TRIGGER ledger_entry_stays BEFORE DELETE ON ledger_entry FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'ledger_entry_stays: a correction is a new entry';

CREATE TRIGGER invoice_item_is_final BEFORE UPDATE ON invoice_item FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'invoice_item_is_final: a correction is a new item';

CREATE TRIGGER invoice_item_stays BEFORE DELETE ON invoice_item FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'invoice_item_stays: a correction is a new item';

CREATE TRIGGER line_invoice_is_final BEFORE UPDATE ON line_invoice FOR EACH ROW
  IF OLD.number IS NOT NULL THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'line_invoice_is_final: a numbered invoice does not change';
  ELSEIF NEW.closing_group <> OLD.closing_group THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'line_invoice_keeps_its_group: a line has one invoice for a period';
  END IF;

CREATE TRIGGER line_invoice_stays BEFORE DELETE ON line_invoice FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'line_invoice_stays: an invoice is never removed';

CREATE TRIGGER charge_is_final BEFORE UPDATE ON charge FOR EACH ROW
  IF OLD.state NOT IN ('pending', 'authorized') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'charge_is_final: a captured or ended charge does not change';
  END IF;

CREATE TRIGGER charge_stays BEFORE DELETE ON charge FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'charge_stays: a charge is never removed';

CREATE TRIGGER billing_period_is_final BEFORE UPDATE ON billing_period FOR EACH ROW
  IF OLD.state = 'closed' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'billing_period_is_final: a closed period does not change';
  END IF;

CREATE TRIGGER billing_period_stays BEFORE DELETE ON billing_period FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'billing_period_stays: a billing period is never removed';

CREATE TRIGGER line_invoice_tax_is_final BEFORE UPDATE ON line_invoice_tax FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'line_invoice_tax_is_final: a numbered invoice does not change';

CREATE TRIGGER line_invoice_tax_stays BEFORE DELETE ON line_invoice_tax FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'line_invoice_tax_stays: a numbered invoice does not change';

-- Only its state moves on, from approved to paid.
CREATE TRIGGER settlement_is_final BEFORE UPDATE ON settlement FOR EACH ROW
  IF OLD.state <> 'draft' AND (
      (NEW.id, NEW.company_id, NEW.billing_period, NEW.contract_id, NEW.number, NEW.settled_on,
       NEW.billed_minor, NEW.refunded_minor, NEW.line_count, NEW.item_count, NEW.tariff_code, NEW.tariff_from,
       NEW.fee_branch, NEW.fee_ex_tax_minor, NEW.fee_tax_rate_bps, NEW.fee_tax_minor, NEW.carried_in_minor,
       NEW.payout_minor, NEW.carried_out_minor, NEW.payout_on, NEW.created_at)
      <>
      (OLD.id, OLD.company_id, OLD.billing_period, OLD.contract_id, OLD.number, OLD.settled_on,
       OLD.billed_minor, OLD.refunded_minor, OLD.line_count, OLD.item_count, OLD.tariff_code, OLD.tariff_from,
       OLD.fee_branch, OLD.fee_ex_tax_minor, OLD.fee_tax_rate_bps, OLD.fee_tax_minor, OLD.carried_in_minor,
       OLD.payout_minor, OLD.carried_out_minor, OLD.payout_on, OLD.created_at)
      OR (NEW.state <> OLD.state AND NOT (OLD.state = 'approved' AND NEW.state = 'paid'))) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_is_final: an approved settlement does not change';
  END IF;

CREATE TRIGGER settlement_stays BEFORE DELETE ON settlement FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_stays: a settlement is never removed';

CREATE TRIGGER audit_entry_is_final BEFORE UPDATE ON audit_entry FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_entry_is_final: the audit trail is append-only';

CREATE TRIGGER settlement_part_is_final BEFORE UPDATE ON settlement_part FOR EACH ROW
  IF (SELECT state FROM settlement WHERE id = OLD.settlement_id) <> 'draft' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_part_is_final: an approved settlement does not change';
  END IF;

CREATE TRIGGER settlement_part_stays BEFORE DELETE ON settlement_part FOR EACH ROW
  IF (SELECT state FROM settlement WHERE id = OLD.settlement_id) <> 'draft' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_part_stays: an approved settlement does not change';
  END IF;

CREATE TRIGGER tariff_is_final BEFORE UPDATE ON tariff FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'tariff_is_final: a change of a tariff is its next version';

CREATE TRIGGER tariff_stays BEFORE DELETE ON tariff FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'tariff_stays: a tariff that was in force is never removed';

CREATE TRIGGER audit_entry_stays BEFORE DELETE ON audit_entry FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_entry_stays: the audit trail is append-only';
