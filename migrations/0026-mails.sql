-- Mails wait here until a job sends them: they are queued in the transaction of what they are about, so that neither exists
-- without the other. Codes and secret links are encrypted, and gone once the mail is sent or given up.
CREATE TABLE mail (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  kind VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  to_address VARCHAR(320) NOT NULL,
  to_name VARCHAR(100) NULL,
  reply_to VARCHAR(320) NULL,
  language CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subscriber_id INT UNSIGNED NULL,
  account_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  facts LONGTEXT NOT NULL,
  secrets TEXT CHARACTER SET ascii COLLATE ascii_bin NULL,
  dedupe_key VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  queued_at DATETIME(3) NOT NULL,
  attempts SMALLINT UNSIGNED NOT NULL,
  next_attempt_at DATETIME(3) NOT NULL,
  give_up_at DATETIME(3) NOT NULL,
  lease_owner CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  lease_until DATETIME(3) NULL,
  sent_at DATETIME(3) NULL,
  last_error VARCHAR(300) NULL,
  INDEX mail_due (state, next_attempt_at),
  INDEX mail_of_subscriber (subscriber_id, id),
  INDEX mail_of_account (account_id, id),
  INDEX mail_to (to_address, id),
  CONSTRAINT mail_dedupe_key UNIQUE (dedupe_key),
  CONSTRAINT mail_facts CHECK (JSON_VALID(facts)),
  CONSTRAINT mail_language CHECK (language IN ('ja', 'en')),
  CONSTRAINT mail_state CHECK (state IN ('waiting', 'sent', 'failed', 'dropped')),
  CONSTRAINT mail_sent CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
  CONSTRAINT mail_leased CHECK ((lease_owner IS NULL) = (lease_until IS NULL)),
  CONSTRAINT mail_lease_waits CHECK (lease_owner IS NULL OR state = 'waiting'),
  CONSTRAINT mail_secrets_wait CHECK (secrets IS NULL OR state = 'waiting'),
  -- No line break: an address and a name are parts of a header.
  CONSTRAINT mail_one_line CHECK (CONCAT_WS('', to_address, to_name, reply_to) NOT REGEXP '[[:cntrl:]]')
);

CREATE TRIGGER mail_is_sent_once BEFORE UPDATE ON mail FOR EACH ROW
  IF (OLD.state = 'sent' AND NEW.state <> 'sent')
    OR (NEW.id, NEW.kind, NEW.to_address, NEW.language, NEW.dedupe_key, NEW.queued_at, NEW.facts)
    <> (OLD.id, OLD.kind, OLD.to_address, OLD.language, OLD.dedupe_key, OLD.queued_at, OLD.facts) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'mail_is_sent_once: a mail is never rewritten, and a sent one never sent again';
  END IF;

-- What is known of addresses, by their hash: whether mails to them came back.
CREATE TABLE mail_address (
  address_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  since DATETIME(3) NOT NULL,
  reported_by VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(300) NOT NULL,
  CONSTRAINT mail_address_state CHECK (state IN ('ok', 'bounced')),
  CONSTRAINT mail_address_reported_by CHECK (reported_by IN ('smtp', 'staff'))
);
