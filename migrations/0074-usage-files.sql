-- Files of usage charges that companies send. `standing_hash` is the hash of the bytes while the file stands: a second upload of the
-- same bytes is the same file. A file that was refused as a whole has charged nothing and has none, so it can be sent again.
CREATE TABLE usage_file (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  company_id INT UNSIGNED NOT NULL,
  sent_by VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  filename VARCHAR(120) NULL,
  content_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  standing_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  byte_count INT UNSIGNED NOT NULL,
  is_partial BOOLEAN NOT NULL,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  refusal VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
  refusal_detail VARCHAR(300) NULL,
  -- The step in progress has done the rows up to this one.
  through_row INT UNSIGNED NOT NULL,
  row_count INT UNSIGNED NULL,
  read_count INT UNSIGNED NOT NULL,
  charged_count INT UNSIGNED NOT NULL,
  repeated_count INT UNSIGNED NOT NULL,
  refused_count INT UNSIGNED NOT NULL,
  charged_minor BIGINT NOT NULL,
  created_at DATETIME(3) NOT NULL,
  worked_at DATETIME(3) NOT NULL,
  finished_at DATETIME(3) NULL,
  rows_purged_at DATETIME(3) NULL,
  lease_owner CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  lease_until DATETIME(3) NULL,
  CONSTRAINT usage_file_once UNIQUE (company_id, standing_hash),
  INDEX usage_file_of_company (company_id, id),
  INDEX usage_file_waiting (state, worked_at),
  INDEX usage_file_finished (rows_purged_at, finished_at),
  CONSTRAINT usage_file_company FOREIGN KEY (company_id) REFERENCES company (id),
  CONSTRAINT usage_file_state CHECK (state IN ('received', 'checking', 'charging', 'releasing', 'done', 'refused')),
  CONSTRAINT usage_file_over CHECK ((state IN ('done', 'refused')) = (finished_at IS NOT NULL)),
  CONSTRAINT usage_file_standing CHECK ((state = 'refused') = (standing_hash IS NULL)),
  CONSTRAINT usage_file_reason CHECK ((refusal IS NOT NULL) = (state IN ('releasing', 'refused'))),
  CONSTRAINT usage_file_refused CHECK (state <> 'refused' OR (charged_count = 0 AND charged_minor = 0)),
  CONSTRAINT usage_file_leased CHECK ((lease_owner IS NULL) = (lease_until IS NULL))
);

-- The bytes of a file as they arrived, until its rows are read.
CREATE TABLE usage_file_piece (
  file_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  number INT UNSIGNED NOT NULL,
  bytes MEDIUMBLOB NOT NULL,
  arrived_at DATETIME(3) NOT NULL,
  PRIMARY KEY (file_id, number),
  INDEX usage_file_piece_by_time (arrived_at)
);

-- A row of a file. What the check has decided for a row is kept until it is charged: a row is charged as it was accepted.
CREATE TABLE usage_file_row (
  file_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  number INT UNSIGNED NOT NULL,
  outcome VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  consent_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  amount_minor BIGINT NULL,
  tax_code VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL,
  description VARCHAR(120) NULL,
  reference VARCHAR(64) NULL,
  item_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  occurred_at DATETIME(3) NULL,
  problem_code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  problem_text VARCHAR(300) NULL,
  charge_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  accepted_at DATETIME(3) NULL,
  service_id INT UNSIGNED NULL,
  subscriber_id INT UNSIGNED NULL,
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  holder_from DATE NULL,
  closing_group TINYINT UNSIGNED NULL,
  limit_minor BIGINT NULL,
  own_limit_minor BIGINT NULL,
  PRIMARY KEY (file_id, number),
  INDEX usage_file_row_of_key (file_id, consent_id, item_key),
  CONSTRAINT usage_file_row_outcome CHECK (outcome IN ('read', 'accepted', 'charged', 'repeated', 'refused')),
  CONSTRAINT usage_file_row_charge CHECK ((outcome IN ('charged', 'repeated')) = (charge_id IS NOT NULL)),
  CONSTRAINT usage_file_row_problem CHECK ((outcome = 'refused') = (problem_code IS NOT NULL))
);

CREATE TRIGGER usage_file_row_ends_once BEFORE UPDATE ON usage_file_row FOR EACH ROW
  IF OLD.outcome IN ('charged', 'repeated', 'refused') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'usage_file_row_ends_once: what became of a row stays so';
  END IF;

-- What rows of files that were accepted and are not charged yet take of the limits of their tenure.
CREATE TABLE usage_hold (
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  holder_from DATE NOT NULL,
  file_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  number INT UNSIGNED NOT NULL,
  subscriber_id INT UNSIGNED NOT NULL,
  amount_minor BIGINT NOT NULL,
  PRIMARY KEY (line_id, holder_from, file_id, number),
  CONSTRAINT usage_hold_amount CHECK (amount_minor > 0)
);
