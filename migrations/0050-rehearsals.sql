-- A rehearsal: what a close and its settlements would come to, on the figures as they were. It is kept, to be compared with the real
-- ones afterwards. One is under way at a time.
CREATE TABLE rehearsal (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  scope VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  billing_period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  business_date DATE NOT NULL,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  started_by VARCHAR(80) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  attempts SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  lease_owner CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  lease_until DATETIME(3) NULL,
  expected INT UNSIGNED NOT NULL DEFAULT 0,
  done INT UNSIGNED NOT NULL DEFAULT 0,
  read_at DATETIME(3) NULL,
  finished_at DATETIME(3) NULL,
  error VARCHAR(500) NULL,
  is_under_way BOOLEAN AS (IF(state IN ('waiting', 'running'), TRUE, NULL)) PERSISTENT,
  CONSTRAINT rehearsal_one_at_a_time UNIQUE (is_under_way),
  CONSTRAINT rehearsal_scope CHECK (scope IN ('night', 'month')),
  CONSTRAINT rehearsal_state CHECK (state IN ('waiting', 'running', 'finished', 'failed')),
  INDEX rehearsal_of_period (billing_period, id)
);

-- A closing group of it, as its close would prove it.
CREATE TABLE rehearsal_group (
  rehearsal_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  closing_group TINYINT UNSIGNED NOT NULL,
  closes_on DATE NOT NULL,
  was_closed BOOLEAN NOT NULL,
  invoice_count INT UNSIGNED NOT NULL,
  item_count INT UNSIGNED NOT NULL,
  unbilled_count INT UNSIGNED NOT NULL,
  total_minor BIGINT NOT NULL,
  PRIMARY KEY (rehearsal_id, closing_group),
  CONSTRAINT rehearsal_group_rehearsal FOREIGN KEY (rehearsal_id) REFERENCES rehearsal (id)
);

-- A company in a closing group of it, beside the month before. No key refers to companies: it would lock their rows, which a real
-- settlement locks too; companies are never removed.
CREATE TABLE rehearsal_company_group (
  rehearsal_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  company_id INT UNSIGNED NOT NULL,
  closing_group TINYINT UNSIGNED NOT NULL,
  item_count INT UNSIGNED NOT NULL,
  total_minor BIGINT NOT NULL,
  before_minor BIGINT NULL,
  is_outlier BOOLEAN NOT NULL,
  PRIMARY KEY (rehearsal_id, company_id, closing_group),
  CONSTRAINT rehearsal_company_group_rehearsal FOREIGN KEY (rehearsal_id) REFERENCES rehearsal (id)
);

-- The settlement of a company in it; without figures for a company that could not be settled.
CREATE TABLE rehearsal_settlement (
  rehearsal_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  company_id INT UNSIGNED NOT NULL,
  outcome VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(300) NULL,
  figures LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  total_minor BIGINT NULL,
  before_minor BIGINT NULL,
  branch_before VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL,
  outliers VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  outlier_count TINYINT UNSIGNED NOT NULL,
  PRIMARY KEY (rehearsal_id, company_id),
  INDEX rehearsal_settlement_by_outliers (rehearsal_id, outlier_count, company_id),
  CONSTRAINT rehearsal_settlement_rehearsal FOREIGN KEY (rehearsal_id) REFERENCES rehearsal (id),
  CONSTRAINT rehearsal_settlement_outcome CHECK (outcome IN ('drafted', 'waits', 'uncollected', 'cut', 'refused')),
  CONSTRAINT rehearsal_settlement_json CHECK (figures IS NULL OR JSON_VALID(figures)),
  CONSTRAINT rehearsal_settlement_figures CHECK (outcome = 'refused' OR figures IS NOT NULL)
);

-- What was kept stays: it is compared with what became of it.
CREATE TRIGGER rehearsal_is_kept BEFORE UPDATE ON rehearsal FOR EACH ROW
  IF OLD.state IN ('finished', 'failed') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'rehearsal_is_kept: a rehearsal that is over stays as it is';
  END IF;

CREATE TRIGGER rehearsal_stays BEFORE DELETE ON rehearsal FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'rehearsal_is_kept: a rehearsal is not deleted';

CREATE TRIGGER rehearsal_group_is_kept BEFORE UPDATE ON rehearsal_group FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'rehearsal_is_kept: the figures of a rehearsal stay as they are';

CREATE TRIGGER rehearsal_group_stays BEFORE DELETE ON rehearsal_group FOR EACH ROW
  IF (SELECT state FROM rehearsal WHERE id = OLD.rehearsal_id) <> 'running' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'rehearsal_is_kept: the figures of a rehearsal stay as they are';
  END IF;

CREATE TRIGGER rehearsal_company_group_is_kept BEFORE UPDATE ON rehearsal_company_group FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'rehearsal_is_kept: the figures of a rehearsal stay as they are';

CREATE TRIGGER rehearsal_company_group_stays BEFORE DELETE ON rehearsal_company_group FOR EACH ROW
  IF (SELECT state FROM rehearsal WHERE id = OLD.rehearsal_id) <> 'running' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'rehearsal_is_kept: the figures of a rehearsal stay as they are';
  END IF;

CREATE TRIGGER rehearsal_settlement_is_kept BEFORE UPDATE ON rehearsal_settlement FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'rehearsal_is_kept: the figures of a rehearsal stay as they are';

CREATE TRIGGER rehearsal_settlement_stays BEFORE DELETE ON rehearsal_settlement FOR EACH ROW
  IF (SELECT state FROM rehearsal WHERE id = OLD.rehearsal_id) <> 'running' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'rehearsal_is_kept: the figures of a rehearsal stay as they are';
  END IF;
