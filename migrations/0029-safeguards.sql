-- What the holder of a line permits its issued IDs to buy: limits, blocked companies and services, and the only ones that an
-- ID may buy from. A row is one setting from its first day on; of the rows of one subject the newest that has begun is in
-- force, so nothing is ever changed, and what was in force on any day can be read (src/safeguards/safeguard.rules.ts).
CREATE TABLE safeguard (
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  holder_from DATE NOT NULL,
  version INT UNSIGNED NOT NULL,
  kind VARCHAR(13) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Null: the line as a whole.
  subscriber_id INT UNSIGNED NULL,
  company_id INT UNSIGNED NULL,
  -- Null: all services of the company.
  service_id INT UNSIGNED NULL,
  -- Null: no limit.
  limit_minor BIGINT NULL,
  in_force BOOLEAN NOT NULL,
  valid_from DATE NOT NULL,
  set_at DATETIME(3) NOT NULL,
  set_by VARCHAR(80) NOT NULL,
  PRIMARY KEY (line_id, holder_from, version),
  CONSTRAINT safeguard_tenure FOREIGN KEY (line_id, holder_from) REFERENCES line_holder (line_id, valid_from),
  CONSTRAINT safeguard_subscriber FOREIGN KEY (subscriber_id) REFERENCES subscriber (id),
  CONSTRAINT safeguard_company FOREIGN KEY (company_id) REFERENCES company (id),
  CONSTRAINT safeguard_service FOREIGN KEY (service_id) REFERENCES service (id),
  CONSTRAINT safeguard_kind CHECK (kind IN ('monthly-limit', 'charge-limit', 'block', 'allow', 'only-listed')),
  CONSTRAINT safeguard_limit CHECK (
    (kind IN ('monthly-limit', 'charge-limit') AND in_force = (limit_minor IS NOT NULL) AND COALESCE(limit_minor, 0) >= 0)
    OR (kind IN ('block', 'allow', 'only-listed') AND limit_minor IS NULL)),
  CONSTRAINT safeguard_company_named CHECK (
    (kind IN ('block', 'allow')) = (company_id IS NOT NULL) AND (service_id IS NULL OR company_id IS NOT NULL)),
  -- What alone may be bought is a rule for one ID, never for the line.
  CONSTRAINT safeguard_of_one CHECK (kind NOT IN ('allow', 'only-listed') OR subscriber_id IS NOT NULL)
);

-- Read with the line at each sale: a line without safeguards costs nothing more. Never taken back.
ALTER TABLE line_holder ADD COLUMN has_safeguards BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TRIGGER safeguard_is_final BEFORE UPDATE ON safeguard FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'safeguard_is_final: a setting is never changed, a new one follows it';

CREATE TRIGGER safeguard_stays BEFORE DELETE ON safeguard FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'safeguard_stays: settings are kept';

CREATE TRIGGER safeguard_is_found BEFORE INSERT ON safeguard FOR EACH ROW
  IF NOT EXISTS (SELECT 1 FROM line_holder h
      WHERE h.line_id = NEW.line_id AND h.valid_from = NEW.holder_from AND h.has_safeguards) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'safeguard_is_found: the line does not say that it has safeguards';
  ELSEIF NEW.version <> 1 + (SELECT COUNT(*) FROM safeguard g
      WHERE g.line_id = NEW.line_id AND g.holder_from = NEW.holder_from) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'safeguard_in_order: a setting follows the one before it';
  ELSEIF NEW.subscriber_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM subscriber p
      WHERE p.id = NEW.subscriber_id AND p.line_id = NEW.line_id AND p.holder_from = NEW.holder_from) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'safeguard_of_tenure: the issued ID is of another tenure';
  END IF;

-- Amounts at which the holder gets a mail, each once a billing period; a row of `spending_notice_sent` is that once.
CREATE TABLE spending_notice (
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  holder_from DATE NOT NULL,
  amount_minor BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (line_id, holder_from, amount_minor),
  CONSTRAINT spending_notice_tenure FOREIGN KEY (line_id, holder_from) REFERENCES line_holder (line_id, valid_from),
  CONSTRAINT spending_notice_amount CHECK (amount_minor > 0)
);

CREATE TABLE spending_notice_sent (
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  holder_from DATE NOT NULL,
  period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_minor BIGINT UNSIGNED NOT NULL,
  queued_at DATETIME(3) NOT NULL,
  PRIMARY KEY (line_id, holder_from, period, amount_minor)
);

-- Tenures whose holder gets a mail at every purchase.
CREATE TABLE purchase_mail (
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  holder_from DATE NOT NULL,
  since DATETIME(3) NOT NULL,
  PRIMARY KEY (line_id, holder_from),
  CONSTRAINT purchase_mail_tenure FOREIGN KEY (line_id, holder_from) REFERENCES line_holder (line_id, valid_from)
);
