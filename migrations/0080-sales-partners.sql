-- Sales partners. A partner brings sales, by a code on the charge or by its services, and gets a commission by the terms that it and
-- a company have agreed. A version of the terms holds until the next one of the same company and partner, so no two can overlap; the
-- last of them may say that there is no commission any more.
CREATE TABLE partner (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(120) NOT NULL,
  name_en VARCHAR(120) NOT NULL,
  address VARCHAR(240) NOT NULL,
  registration_number VARCHAR(14) CHARACTER SET ascii COLLATE ascii_bin NULL,
  registered_from DATE NULL,
  registered_to DATE NULL,
  created_at DATETIME(3) NOT NULL,
  CONSTRAINT partner_code UNIQUE (code),
  CONSTRAINT partner_registration CHECK ((registration_number IS NULL) = (registered_from IS NULL)
    AND (registered_to IS NULL OR registered_to > registered_from))
);

CREATE TRIGGER partner_is_final BEFORE UPDATE ON partner FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'partner_is_final: commissions are taxed by what a partner was';

CREATE TRIGGER partner_stays BEFORE DELETE ON partner FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'partner_stays: a partner is never removed';

CREATE TABLE partner_terms (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  company_id INT UNSIGNED NOT NULL,
  partner_id INT UNSIGNED NOT NULL,
  valid_from DATE NOT NULL,
  paid_by VARCHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  commission LONGTEXT NOT NULL,
  approval_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  created_at DATETIME(3) NOT NULL,
  CONSTRAINT partner_terms_start UNIQUE (company_id, partner_id, valid_from),
  CONSTRAINT partner_terms_company FOREIGN KEY (company_id) REFERENCES company (id),
  CONSTRAINT partner_terms_partner FOREIGN KEY (partner_id) REFERENCES partner (id),
  CONSTRAINT partner_terms_approval FOREIGN KEY (approval_id) REFERENCES approval (id),
  CONSTRAINT partner_terms_month CHECK (DAYOFMONTH(valid_from) = 1),
  CONSTRAINT partner_terms_paid_by CHECK (paid_by IN ('company', 'carrier')),
  CONSTRAINT partner_terms_commission CHECK (JSON_VALID(commission))
);

-- A commission follows from them: two people agree to each version, and a month that is settled keeps the terms of then.
CREATE TRIGGER partner_terms_take_two BEFORE INSERT ON partner_terms FOR EACH ROW
  IF NEW.approval_id IS NULL AND (SELECT in_production FROM books LIMIT 1) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'partner_terms_take_two: the terms of a partner take two people';
  ELSEIF NEW.approval_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM approval a
      JOIN company c ON c.id = NEW.company_id JOIN partner p ON p.id = NEW.partner_id
      WHERE a.id = NEW.approval_id AND a.state = 'executed' AND a.kind = 'partner.terms'
        AND a.subject = CONCAT('partner:', p.code, '/', c.code) AND JSON_VALUE(a.input, '$.validFrom') = NEW.valid_from
        AND JSON_VALUE(a.input, '$.paidBy') = NEW.paid_by
        AND JSON_EQUALS(JSON_EXTRACT(a.input, '$.commission'), NEW.commission)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'partner_terms_take_two: the terms of a partner are those that two people approved';
  ELSEIF EXISTS (SELECT 1 FROM partner_terms t WHERE t.company_id = NEW.company_id AND t.partner_id = NEW.partner_id
      AND t.valid_from > NEW.valid_from) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'partner_terms_go_forward: later terms are there';
  ELSEIF EXISTS (SELECT 1 FROM settlement s WHERE s.company_id = NEW.company_id AND s.state IN ('approved', 'paid')
      AND s.billing_period >= DATE_FORMAT(NEW.valid_from, '%Y-%m')) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'partner_terms_go_forward: a month is settled in which they would hold';
  END IF;

CREATE TRIGGER partner_terms_are_final BEFORE UPDATE ON partner_terms FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'partner_terms_are_final: other terms are another version';

CREATE TRIGGER partner_terms_stay BEFORE DELETE ON partner_terms FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'partner_terms_stay: the terms of a partner are never removed';

-- Whose sales those of a service are, unless a charge names another partner: from the first of a month until the next row of the service.
CREATE TABLE partner_service (
  service_id INT UNSIGNED NOT NULL,
  valid_from DATE NOT NULL,
  partner_id INT UNSIGNED NULL,
  terms_id INT UNSIGNED NOT NULL,
  PRIMARY KEY (service_id, valid_from),
  CONSTRAINT partner_service_service FOREIGN KEY (service_id) REFERENCES service (id),
  CONSTRAINT partner_service_partner FOREIGN KEY (partner_id) REFERENCES partner (id),
  CONSTRAINT partner_service_terms FOREIGN KEY (terms_id) REFERENCES partner_terms (id)
);

CREATE TRIGGER partner_service_is_of_terms BEFORE INSERT ON partner_service FOR EACH ROW
  IF NOT EXISTS (SELECT 1 FROM partner_terms t JOIN service e ON e.id = NEW.service_id
      WHERE t.id = NEW.terms_id AND t.valid_from = NEW.valid_from AND t.company_id = e.company_id
        AND COALESCE(NEW.partner_id, t.partner_id) = t.partner_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'partner_service_is_of_terms: the services of a partner are those of its terms';
  ELSEIF EXISTS (SELECT 1 FROM partner_service p WHERE p.service_id = NEW.service_id AND p.valid_from > NEW.valid_from) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'partner_service_goes_forward: a later row of the service is there';
  END IF;

CREATE TRIGGER partner_service_is_final BEFORE UPDATE ON partner_service FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'partner_service_is_final: another partner is another row';

CREATE TRIGGER partner_service_stays BEFORE DELETE ON partner_service FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'partner_service_stays: whose sales they were is never removed';

-- The partner that a company names on a charge. It is part of the offer, so it never changes.
ALTER TABLE charge ADD COLUMN partner_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL;

CREATE TRIGGER charge_keeps_its_partner BEFORE UPDATE ON charge FOR EACH ROW
  IF NOT NEW.partner_code <=> OLD.partner_code THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'charge_keeps_its_partner: a charge keeps the partner who brought it';
  END IF;

-- What partners earn of a company's month: one row a partner, made with the settlement and final with it. The amounts are those of the
-- partner's sales; `earned_minor` is the commission of the month before tax, negative where more was given back than sold. What a
-- negative balance leaves is carried into the partner's next month with the company.
CREATE TABLE partner_commission (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  settlement_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  company_id INT UNSIGNED NOT NULL,
  partner_id INT UNSIGNED NOT NULL,
  billing_period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  terms_id INT UNSIGNED NOT NULL,
  paid_by VARCHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  billed_minor BIGINT NOT NULL,
  refunded_minor BIGINT NOT NULL,
  clawback_minor BIGINT NOT NULL,
  recovery_minor BIGINT NOT NULL,
  item_count INT NOT NULL,
  earned_minor BIGINT NOT NULL,
  carried_in_minor BIGINT NOT NULL,
  carried_out_minor BIGINT NOT NULL,
  ex_tax_minor BIGINT NOT NULL,
  tax_rate_bps SMALLINT UNSIGNED NOT NULL,
  tax_minor BIGINT NOT NULL,
  created_at DATETIME(3) NOT NULL,
  INDEX partner_commission_of_settlement (settlement_id),
  INDEX partner_commission_of_partner (partner_id, billing_period),
  CONSTRAINT partner_commission_once UNIQUE (company_id, partner_id, billing_period),
  CONSTRAINT partner_commission_settlement FOREIGN KEY (settlement_id) REFERENCES settlement (id),
  CONSTRAINT partner_commission_partner FOREIGN KEY (partner_id) REFERENCES partner (id),
  CONSTRAINT partner_commission_terms FOREIGN KEY (terms_id) REFERENCES partner_terms (id),
  CONSTRAINT partner_commission_paid_by CHECK (paid_by IN ('company', 'carrier')),
  CONSTRAINT partner_commission_balance CHECK (earned_minor + carried_in_minor = ex_tax_minor + carried_out_minor),
  CONSTRAINT partner_commission_amounts CHECK (ex_tax_minor >= 0 AND tax_minor >= 0 AND carried_in_minor <= 0 AND carried_out_minor <= 0
    AND (ex_tax_minor = 0 OR carried_out_minor = 0) AND billed_minor >= 0 AND refunded_minor >= 0 AND clawback_minor >= 0
    AND recovery_minor >= 0)
);

CREATE TRIGGER partner_commission_is_of_draft BEFORE INSERT ON partner_commission FOR EACH ROW
  IF NOT EXISTS (SELECT 1 FROM settlement s JOIN partner_terms t ON t.id = NEW.terms_id
      WHERE s.id = NEW.settlement_id AND s.state = 'draft' AND s.company_id = NEW.company_id
        AND s.billing_period = NEW.billing_period AND t.company_id = NEW.company_id AND t.partner_id = NEW.partner_id
        AND t.paid_by = NEW.paid_by) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'partner_commission_is_of_draft: a commission is drafted with its settlement, by the terms of its partner';
  END IF;

CREATE TRIGGER partner_commission_is_final BEFORE UPDATE ON partner_commission FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'partner_commission_is_final: a commission does not change';

CREATE TRIGGER partner_commission_stays BEFORE DELETE ON partner_commission FOR EACH ROW
  IF (SELECT state FROM settlement WHERE id = OLD.settlement_id) IN ('approved', 'paid') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'partner_commission_stays: a commission of an approved settlement is never removed';
  END IF;

-- What the company pays of it, tax included, is a figure of its settlement.
ALTER TABLE settlement
  ADD COLUMN commission_minor BIGINT NOT NULL DEFAULT 0,
  DROP CONSTRAINT settlement_balance,
  ADD CONSTRAINT settlement_commission CHECK (commission_minor >= 0),
  ADD CONSTRAINT settlement_balance CHECK (billed_minor - refunded_minor - fee_ex_tax_minor - fee_tax_minor - set_up_ex_tax_minor
    - set_up_tax_minor - commission_minor - clawback_minor + recovery_minor - transfer_fee_minor + carried_in_minor
    = payout_minor + carried_out_minor);

CREATE TRIGGER settlement_keeps_its_commissions BEFORE UPDATE ON settlement FOR EACH ROW
  IF OLD.state IN ('approved', 'paid') AND NEW.commission_minor <> OLD.commission_minor THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_is_final: an approved settlement does not change';
  ELSEIF OLD.state = 'draft' AND NEW.state = 'approved' AND NEW.commission_minor <> (SELECT COALESCE(SUM(ex_tax_minor + tax_minor), 0)
      FROM partner_commission WHERE settlement_id = NEW.id AND paid_by = 'company') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_is_approved_whole: its commissions are not their sum';
  END IF;

ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_kind;

ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_kind CHECK (kind IN ('authorization', 'release', 'capture',
  'cancellation', 'expiry', 'fee', 'tax', 'payout', 'refund', 'bank-refund', 'refund-paid', 'refund-cancelled', 'refund-reopened',
  'collected', 'uncollected', 'collected-back', 'uncollected-back', 'clawback', 'recovery', 'loss', 'loss-back', 'set-up', 'set-up-tax',
  'transfer-fee', 'payout-sent', 'payout-returned', 'commission', 'commission-tax'));

-- Fee, tax, set-up fee, transfer fee, payout and commissions are posted with their settlement.
CREATE OR REPLACE TRIGGER ledger_entry_is_of_draft BEFORE INSERT ON ledger_entry FOR EACH ROW
  IF NEW.kind IN ('fee', 'tax', 'set-up', 'set-up-tax', 'transfer-fee', 'payout')
      AND NOT (SELECT state FROM settlement WHERE id = NEW.journal_id) <=> 'draft' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'ledger_entry_is_of_draft: an approved settlement is posted already';
  ELSEIF NEW.kind IN ('commission', 'commission-tax') AND NOT (SELECT s.state FROM partner_commission m
      JOIN settlement s ON s.id = m.settlement_id WHERE m.id = NEW.journal_id) <=> 'draft' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'ledger_entry_is_of_draft: a commission is posted with its settlement';
  END IF;
