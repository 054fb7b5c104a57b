-- Personal data stands masked on the pages of the support centre until a person asks for it and says why. Rows are never changed.
CREATE TABLE personal_data_reveal (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  actor VARCHAR(100) NOT NULL,
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  holder_from DATE NOT NULL,
  reason VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  note VARCHAR(200) NULL,
  at DATETIME(3) NOT NULL,
  ends_at DATETIME(3) NOT NULL,
  INDEX personal_data_reveal_in_force (actor, line_id, holder_from, ends_at),
  INDEX personal_data_reveal_by_time (at, actor),
  CONSTRAINT personal_data_reveal_tenure FOREIGN KEY (line_id, holder_from) REFERENCES line_holder (line_id, valid_from),
  CONSTRAINT personal_data_reveal_reason CHECK (reason IN ('caller', 'case', 'letter', 'check', 'other')),
  CONSTRAINT personal_data_reveal_said CHECK (reason <> 'other' OR note IS NOT NULL),
  CONSTRAINT personal_data_reveal_time CHECK (ends_at > at)
);

CREATE TRIGGER personal_data_reveal_stays BEFORE UPDATE ON personal_data_reveal FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'personal_data_reveal_stays: what was asked for stays on record';

-- Names are found by their beginning, however they are spaced; the collation does not distinguish width, case and the two kana.
ALTER TABLE line_holder
  ADD COLUMN holder_key VARCHAR(120) CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_as_ci
    AS (REPLACE(REPLACE(holder, ' ', ''), '　', '')) VIRTUAL,
  ADD COLUMN kana_key VARCHAR(120) CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_as_ci
    AS (REPLACE(REPLACE(holder_kana, ' ', ''), '　', '')) VIRTUAL,
  ADD INDEX line_holder_name (holder_key),
  ADD INDEX line_holder_kana (kana_key),
  ADD INDEX line_holder_email (email);

-- A person on the telephone knows an amount and a date.
ALTER TABLE charge ADD INDEX charge_of_amount (captured_minor, business_date);
