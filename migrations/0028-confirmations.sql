-- What a person was shown and confirmed on the carrier's own page, and how person and line were proven: one row for a charge,
-- subscription or consent, written with the confirmation itself. Sales before this migration, and those confirmed on paper,
-- have none.
CREATE TABLE confirmation (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  subject_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject_kind VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  company_id INT UNSIGNED NOT NULL,
  subscriber_id INT UNSIGNED NOT NULL,
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  holder_from DATE NOT NULL,
  -- As it was typed and proven, in its stored form.
  issued_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Of a consent the maximum of one use; NULL without a maximum.
  amount_minor BIGINT NULL,
  currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- The texts of the order as the page showed them, in this language.
  texts LONGTEXT NOT NULL,
  language CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- SHA-256 of the templates and messages that the page was made of.
  template_version CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Of the browser.
  address VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  aaa_server VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  aaa_answer VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  line_proven_at DATETIME(3) NOT NULL,
  proven_by VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  confirmed_at DATETIME(3) NOT NULL,
  INDEX confirmation_of_line (line_id, holder_from, id),
  INDEX confirmation_of_subscriber (subscriber_id, id),
  CONSTRAINT confirmation_once UNIQUE (subject_id),
  CONSTRAINT confirmation_checkout FOREIGN KEY (subject_id) REFERENCES checkout (subject_id),
  CONSTRAINT confirmation_buyer FOREIGN KEY (subscriber_id) REFERENCES subscriber (id),
  CONSTRAINT confirmation_kind CHECK (subject_kind IN ('charge', 'subscription', 'consent')),
  CONSTRAINT confirmation_amount CHECK (amount_minor > 0 OR (amount_minor IS NULL AND subject_kind = 'consent')),
  CONSTRAINT confirmation_texts CHECK (JSON_VALID(texts)),
  CONSTRAINT confirmation_language CHECK (language IN ('ja', 'en')),
  CONSTRAINT confirmation_line_proven CHECK (aaa_answer = 'accept'),
  CONSTRAINT confirmation_proven_by CHECK (proven_by IN ('password', 'passkey')),
  CONSTRAINT confirmation_in_order CHECK (line_proven_at <= confirmed_at)
);

CREATE TRIGGER confirmation_is_final BEFORE UPDATE ON confirmation FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'confirmation_is_final: what a person confirmed does not change';

CREATE TRIGGER confirmation_stays BEFORE DELETE ON confirmation FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'confirmation_stays: what a person confirmed is not forgotten';
