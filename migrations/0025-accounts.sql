-- People of companies and of the carrier who sign in. The audit trail names an account `acct-ID`: the number never changes, while
-- names and addresses may. An ended account frees its address.
CREATE TABLE account (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  audience VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  company_id INT UNSIGNED NULL,
  email VARCHAR(254) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  email_key VARCHAR(254) CHARACTER SET ascii COLLATE ascii_bin NULL,
  display_name VARCHAR(60) NOT NULL,
  language CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  password_hash VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NULL,
  credential_version INT UNSIGNED NOT NULL,
  first_slot TINYINT UNSIGNED NULL,
  created_at DATETIME(3) NOT NULL,
  activated_at DATETIME(3) NULL,
  ended_at DATETIME(3) NULL,
  INDEX account_of_company (company_id, id),
  CONSTRAINT account_email UNIQUE (audience, email_key),
  CONSTRAINT account_first_two UNIQUE (first_slot),
  CONSTRAINT account_company FOREIGN KEY (company_id) REFERENCES company (id),
  CONSTRAINT account_audience CHECK (audience IN ('company', 'staff')),
  CONSTRAINT account_belongs CHECK ((audience = 'company') = (company_id IS NOT NULL)),
  CONSTRAINT account_language CHECK (language IN ('ja', 'en')),
  CONSTRAINT account_state CHECK (state IN ('invited', 'active', 'suspended', 'ended')),
  CONSTRAINT account_email_folded CHECK (email_key IS NULL OR email_key = LCASE(email)),
  CONSTRAINT account_frees_email CHECK ((state = 'ended') = (email_key IS NULL)),
  CONSTRAINT account_ended CHECK ((state = 'ended') = (ended_at IS NOT NULL)),
  CONSTRAINT account_invited CHECK (state <> 'invited' OR password_hash IS NULL),
  CONSTRAINT account_active CHECK (state <> 'active' OR (password_hash IS NOT NULL AND activated_at IS NOT NULL)),
  CONSTRAINT account_first_staff CHECK (first_slot IS NULL OR (first_slot IN (1, 2) AND audience = 'staff'))
);

CREATE TRIGGER account_is_one_person BEFORE UPDATE ON account FOR EACH ROW
  IF OLD.state = 'ended' OR NEW.id <> OLD.id OR NEW.audience <> OLD.audience OR NOT NEW.company_id <=> OLD.company_id
    OR NEW.credential_version < OLD.credential_version OR NEW.created_at <> OLD.created_at
    OR (NEW.first_slot IS NOT NULL AND NOT NEW.first_slot <=> OLD.first_slot)
    OR (NEW.first_slot IS NULL AND OLD.first_slot IS NOT NULL AND OLD.activated_at IS NOT NULL) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'account_is_one_person: an account stays that of one person, and an ended one stays ended';
  END IF;

CREATE TRIGGER account_stays BEFORE DELETE ON account FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'account_stays: who acted is not forgotten';

-- Roles. A role that may propose or approve is granted by two people, except to the first two accounts of the carrier before
-- they are used.
CREATE TABLE account_role (
  account_id INT UNSIGNED NOT NULL,
  role VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  approval_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  granted_at DATETIME(3) NOT NULL,
  revoked_at DATETIME(3) NULL,
  PRIMARY KEY (account_id, role),
  CONSTRAINT account_role_account FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT account_role_approval FOREIGN KEY (approval_id) REFERENCES approval (id),
  CONSTRAINT account_role_known CHECK (role IN ('owner', 'finance', 'developer', 'support', 'partner',
    'agent', 'lead', 'billing', 'billing-approver', 'administrator', 'auditor'))
);

CREATE FUNCTION account_role_fault(of_account INT UNSIGNED, of_role VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin,
    by_approval CHAR(26) CHARACTER SET ascii COLLATE ascii_bin) RETURNS VARCHAR(10) READS SQL DATA
  RETURN (SELECT CASE
      WHEN (k.audience = 'company') <> (of_role IN ('owner', 'finance', 'developer', 'support', 'partner')) THEN 'audience'
      WHEN of_role NOT IN ('owner', 'finance', 'billing', 'billing-approver', 'administrator') THEN NULL
      WHEN by_approval IS NULL AND k.first_slot IS NOT NULL AND k.activated_at IS NULL THEN NULL
      WHEN EXISTS (SELECT 1 FROM approval a WHERE a.id = by_approval AND a.state = 'executed'
        AND JSON_CONTAINS(a.input, JSON_QUOTE(of_role), '$.roles')
        AND ((a.kind = 'account.roles' AND JSON_VALUE(a.input, '$.accountId') = k.id)
          OR (a.kind = 'account.invite' AND LOWER(JSON_VALUE(a.input, '$.email')) = k.email_key
            AND JSON_VALUE(a.input, '$.audience') = k.audience))) THEN NULL
      ELSE 'approval' END
    FROM account k WHERE k.id = of_account);

CREATE TRIGGER account_role_takes_two BEFORE INSERT ON account_role FOR EACH ROW
  IF NEW.revoked_at IS NOT NULL OR account_role_fault(NEW.account_id, NEW.role, NEW.approval_id) IS NOT NULL THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'account_role_takes_two: a role that may propose or approve is granted by two people';
  END IF;

CREATE TRIGGER account_role_again BEFORE UPDATE ON account_role FOR EACH ROW
  IF NEW.account_id <> OLD.account_id OR NEW.role <> OLD.role
    OR (NEW.revoked_at IS NULL AND account_role_fault(NEW.account_id, NEW.role, NEW.approval_id) IS NOT NULL) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'account_role_takes_two: a role that may propose or approve is granted by two people';
  END IF;

CREATE TRIGGER account_role_stays BEFORE DELETE ON account_role FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'account_role_stays: a role is revoked and not removed';

-- The seed is encrypted. `last_step` is the last 30-second step whose code was used: a code works once.
CREATE TABLE account_totp (
  account_id INT UNSIGNED NOT NULL PRIMARY KEY,
  secret VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NULL,
  confirmed_at DATETIME(3) NULL,
  last_step INT UNSIGNED NULL,
  pending_secret VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NULL,
  pending_at DATETIME(3) NULL,
  CONSTRAINT account_totp_account FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT account_totp_confirmed CHECK ((secret IS NULL) = (confirmed_at IS NULL)),
  CONSTRAINT account_totp_pending CHECK ((pending_secret IS NULL) = (pending_at IS NULL))
);

CREATE TABLE account_recovery_code (
  account_id INT UNSIGNED NOT NULL,
  code_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(3) NOT NULL,
  used_at DATETIME(3) NULL,
  PRIMARY KEY (account_id, code_hash),
  CONSTRAINT account_recovery_code_account FOREIGN KEY (account_id) REFERENCES account (id)
);

-- Passkeys of accounts and of subscribers. A synced key always reports the counter 0.
CREATE TABLE passkey (
  credential_id VARCHAR(1400) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  owner_kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  owner_id INT UNSIGNED NOT NULL,
  public_key TEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  counter INT UNSIGNED NOT NULL,
  transports VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  is_synced BOOLEAN NOT NULL,
  label VARCHAR(60) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  last_used_at DATETIME(3) NULL,
  INDEX passkey_of_owner (owner_kind, owner_id),
  CONSTRAINT passkey_owner CHECK (owner_kind IN ('account', 'subscriber'))
);

-- Secrets that work once: links of mails, half of a sign-in, challenges of passkeys. Only their hashes are here.
CREATE TABLE one_time_token (
  token_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  kind VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  owner_kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL,
  owner_id INT UNSIGNED NULL,
  created_at DATETIME(3) NOT NULL,
  expires_at DATETIME(3) NOT NULL,
  used_at DATETIME(3) NULL,
  INDEX one_time_token_of_owner (owner_kind, owner_id, kind),
  INDEX one_time_token_expiry (expires_at),
  CONSTRAINT one_time_token_owner CHECK ((owner_kind IS NULL) = (owner_id IS NULL))
);

CREATE TRIGGER one_time_token_works_once BEFORE UPDATE ON one_time_token FOR EACH ROW
  IF OLD.used_at IS NOT NULL OR NEW.token_hash <> OLD.token_hash OR NEW.kind <> OLD.kind
    OR NOT NEW.owner_kind <=> OLD.owner_kind OR NOT NEW.owner_id <=> OLD.owner_id OR NEW.expires_at > OLD.expires_at THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'one_time_token_works_once: a token is used once and never given to another';
  END IF;

-- Whether a company's people need a second factor; only its contract may say otherwise.
ALTER TABLE company ADD COLUMN requires_second_factor BOOLEAN NOT NULL DEFAULT TRUE;
