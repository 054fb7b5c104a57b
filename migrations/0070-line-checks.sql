-- Whether somebody could buy under a consent: what a company has asked, and how often on a day. The keys let nobody ask more often.
CREATE TABLE line_check (
  consent_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  checked_on DATE NOT NULL,
  position TINYINT UNSIGNED NOT NULL,
  company_id INT UNSIGNED NOT NULL,
  amount_minor BIGINT NOT NULL,
  possible BOOLEAN NOT NULL,
  checked_by VARCHAR(80) NOT NULL,
  checked_at DATETIME(3) NOT NULL,
  PRIMARY KEY (consent_id, checked_on, position),
  INDEX line_check_of_company (company_id, checked_at),
  CONSTRAINT line_check_consent FOREIGN KEY (consent_id) REFERENCES consent (id),
  CONSTRAINT line_check_position CHECK (position BETWEEN 1 AND 10),
  CONSTRAINT line_check_amount CHECK (amount_minor > 0)
);

CREATE TRIGGER line_check_is_final BEFORE UPDATE ON line_check FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'line_check_is_final: what was answered stays';
