-- Events as companies read them: each gets a number within its company, given behind its commit by one publisher at a time. A captured
-- usage or monthly charge is an event by its own row, and is published like the rows of `event`.
CREATE TABLE published_event (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  company_id INT UNSIGNED NOT NULL,
  sequence BIGINT UNSIGNED NOT NULL,
  type VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject_id VARCHAR(70) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  occurred_at DATETIME(3) NOT NULL,
  published_at DATETIME(3) NOT NULL,
  event_id BIGINT UNSIGNED NULL,
  charge_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  INDEX published_event_of_type (company_id, type, sequence),
  INDEX published_event_of_subject (company_id, subject_id, sequence),
  INDEX published_event_of_time (company_id, published_at, sequence),
  CONSTRAINT published_event_sequence UNIQUE (company_id, sequence),
  CONSTRAINT published_event_event UNIQUE (event_id),
  CONSTRAINT published_event_charge UNIQUE (charge_id),
  CONSTRAINT published_event_source CHECK ((event_id IS NULL) <> (charge_id IS NULL)),
  CONSTRAINT published_event_counts CHECK (sequence >= 1),
  CONSTRAINT published_event_company FOREIGN KEY (company_id) REFERENCES company (id)
);

CREATE TRIGGER published_event_is_final BEFORE UPDATE ON published_event FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'published_event_is_final: what was published does not change';

CREATE TRIGGER published_event_stays BEFORE DELETE ON published_event FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'published_event_stays: what was published is not forgotten';

-- The last number that each company was given, and when.
CREATE TABLE event_sequence (
  company_id INT UNSIGNED NOT NULL PRIMARY KEY,
  last_sequence BIGINT UNSIGNED NOT NULL,
  last_published_at DATETIME(3) NOT NULL,
  CONSTRAINT event_sequence_company FOREIGN KEY (company_id) REFERENCES company (id)
);

-- One row: writing it makes a publisher the only one until its commit. When older events were last looked through.
CREATE TABLE event_publisher (
  id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
  chunks BIGINT UNSIGNED NOT NULL,
  looked_minutes_at DATETIME(3) NULL,
  looked_hours_at DATETIME(3) NULL,
  looked_days_at DATETIME(3) NULL,
  CONSTRAINT event_publisher_is_one CHECK (id = 1)
);

INSERT INTO event_publisher (id, chunks) VALUES (1, 0);

-- Which events there were at an instant: where a look at the newest begins.
CREATE TABLE event_mark (
  taken_at DATETIME(3) NOT NULL PRIMARY KEY,
  event_id BIGINT UNSIGNED NOT NULL
);
