-- A company is paid to its bank account: a correction is a new row, and the newest one counts. One person enters the first
-- account of a company; each later one needs an executed approval of its own. The database refuses any other.
CREATE TABLE bank_account (
  company_id INT UNSIGNED NOT NULL,
  version SMALLINT UNSIGNED NOT NULL,
  bank_code CHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  bank_name VARCHAR(60) NOT NULL,
  branch_code CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  branch_name VARCHAR(60) NOT NULL,
  account_type VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  account_number CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  account_holder VARCHAR(60) NOT NULL,
  approval_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (company_id, version),
  CONSTRAINT bank_account_approval_once UNIQUE (approval_id),
  CONSTRAINT bank_account_company FOREIGN KEY (company_id) REFERENCES company (id),
  CONSTRAINT bank_account_approval FOREIGN KEY (approval_id) REFERENCES approval (id),
  CONSTRAINT bank_account_bank CHECK (bank_code REGEXP '^[0-9]{4}$' AND branch_code REGEXP '^[0-9]{3}$'),
  CONSTRAINT bank_account_number CHECK (account_number REGEXP '^[0-9]{7}$'),
  CONSTRAINT bank_account_type CHECK (account_type IN ('ordinary', 'current', 'savings', 'other'))
);

-- Until now the account was part of the contract. Each company keeps the account of the contract that is in force, or else of
-- its first one. The columns of the contract are neither written nor read any more; the next release drops them.
INSERT INTO bank_account (company_id, version, bank_code, bank_name, branch_code, branch_name, account_type, account_number,
  account_holder, approval_id, created_at)
SELECT company_id, 1, bank_code, bank_name, branch_code, branch_name, account_type, account_number, account_holder, NULL, UTC_TIMESTAMP(3)
FROM (SELECT k.*, ROW_NUMBER() OVER (PARTITION BY company_id
    ORDER BY valid_from <= CURRENT_DATE DESC, IF(valid_from <= CURRENT_DATE, valid_from, NULL) DESC, valid_from) AS choice
  FROM contract k) AS c
WHERE c.choice = 1;

INSERT INTO audit_entry (id, at, actor, action, subject, facts, record_table, record_key, record_version, record_digest)
SELECT CONCAT('0000000G0', LPAD(ROW_NUMBER() OVER (ORDER BY company_id), 17, '0')), UTC_TIMESTAMP(3),
  'migration', 'record.adopt', CONCAT('bank_account:', CONCAT_WS('/', company_id, version)), '{}', 'bank_account',
  CONCAT_WS('/', company_id, version), 1,
  SHA2(CONCAT_WS(',',
    COALESCE(CONCAT(OCTET_LENGTH(bank_code), ':', bank_code), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(bank_name), ':', bank_name), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(branch_code), ':', branch_code), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(branch_name), ':', branch_name), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(account_type), ':', account_type), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(account_number), ':', account_number), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(account_holder), ':', account_holder), '-'),
    COALESCE(CONCAT(OCTET_LENGTH(approval_id), ':', approval_id), '-')), 256)
FROM bank_account;

ALTER TABLE contract
  MODIFY bank_code CHAR(4) CHARACTER SET ascii COLLATE ascii_bin NULL,
  MODIFY bank_name VARCHAR(60) NULL,
  MODIFY branch_code CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NULL,
  MODIFY branch_name VARCHAR(60) NULL,
  MODIFY account_type VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NULL,
  MODIFY account_number CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NULL,
  MODIFY account_holder VARCHAR(60) NULL;

CREATE TRIGGER bank_account_takes_two BEFORE INSERT ON bank_account FOR EACH ROW
  IF NEW.version <> 1 + (SELECT COUNT(*) FROM bank_account b WHERE b.company_id = NEW.company_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'bank_account_in_order: an account follows the one before it';
  ELSEIF (NEW.approval_id IS NULL AND NEW.version > 1) OR (NEW.approval_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM approval a JOIN company c ON c.id = NEW.company_id
      WHERE a.id = NEW.approval_id AND a.state = 'executed' AND a.kind = 'company.bank-account'
        AND a.subject = CONCAT('company:', c.code))) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'bank_account_takes_two: a company changes its account by an approval of two people';
  END IF;

CREATE TRIGGER bank_account_is_final BEFORE UPDATE ON bank_account FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'bank_account_is_final: a correction is a new account';

CREATE TRIGGER bank_account_stays BEFORE DELETE ON bank_account FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'bank_account_stays: who was paid is not forgotten';

-- Nothing is executed once its time has run out.
CREATE OR REPLACE TRIGGER approval_is_final BEFORE UPDATE ON approval FOR EACH ROW
  IF OLD.state <> 'pending'
    OR (NEW.id, NEW.kind, NEW.subject, NEW.input, NEW.changes, NEW.subject_hash, NEW.reason, NEW.maker, NEW.proposed_at, NEW.expires_at)
    <> (OLD.id, OLD.kind, OLD.subject, OLD.input, OLD.changes, OLD.subject_hash, OLD.reason, OLD.maker, OLD.proposed_at, OLD.expires_at) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'approval_is_final: a proposal is decided once and never rewritten';
  ELSEIF NEW.state = 'executed' AND NEW.decided_at >= OLD.expires_at THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'approval_in_time: a proposal that has expired is not executed';
  END IF;
