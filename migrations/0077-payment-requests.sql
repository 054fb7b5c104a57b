-- A company asks somebody for a payment by a line, a telephone number or an issued ID. Whether there is such a subscriber shows nowhere:
-- what was typed is kept as a keyed hash with its last characters, and the tenure stays empty when nobody was found.
CREATE TABLE payment_request (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  company_id INT UNSIGNED NOT NULL,
  service_id INT UNSIGNED NOT NULL,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_minor BIGINT NOT NULL,
  tax_code VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  description VARCHAR(120) NOT NULL,
  reference VARCHAR(64) NULL,
  to_kind VARCHAR(9) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  to_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  to_ending VARCHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  holder_from DATE NULL,
  subscriber_id INT UNSIGNED NULL,
  charge_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  form_key CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  created_by VARCHAR(80) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  open_until DATETIME(3) NULL,
  announced_at DATETIME(3) NULL,
  ended_at DATETIME(3) NULL,
  INDEX payment_request_of_company (company_id, id),
  INDEX payment_request_of_state (company_id, state, id, open_until),
  INDEX payment_request_of_reference (company_id, reference, id),
  INDEX payment_request_of_addressee (company_id, to_hash, id),
  INDEX payment_request_of_line (line_id, holder_from, id),
  INDEX payment_request_to_announce (announced_at, id),
  CONSTRAINT payment_request_form UNIQUE (company_id, form_key),
  CONSTRAINT payment_request_charge_once UNIQUE (charge_id),
  CONSTRAINT payment_request_service FOREIGN KEY (service_id) REFERENCES service (id),
  CONSTRAINT payment_request_subscriber FOREIGN KEY (subscriber_id) REFERENCES subscriber (id),
  CONSTRAINT payment_request_charge FOREIGN KEY (charge_id) REFERENCES charge (id),
  CONSTRAINT payment_request_state CHECK (state IN ('pending', 'confirmed', 'declined', 'withdrawn', 'expired')),
  CONSTRAINT payment_request_amount CHECK (amount_minor > 0),
  CONSTRAINT payment_request_to CHECK (to_kind IN ('line', 'telephone', 'issued-id')),
  CONSTRAINT payment_request_tenure CHECK ((line_id IS NULL) = (holder_from IS NULL)),
  CONSTRAINT payment_request_confirmed CHECK ((state = 'confirmed') = (charge_id IS NOT NULL)),
  CONSTRAINT payment_request_ended CHECK ((state = 'pending') = (ended_at IS NULL) AND (state = 'pending') = (open_until IS NOT NULL))
);

CREATE TRIGGER payment_request_is_final BEFORE UPDATE ON payment_request FOR EACH ROW
  IF (OLD.state <> 'pending' AND NOT ((OLD.state, OLD.charge_id, OLD.ended_at) <=> (NEW.state, NEW.charge_id, NEW.ended_at)))
    OR NOT ((OLD.id, OLD.company_id, OLD.service_id, OLD.amount_minor, OLD.tax_code, OLD.description, OLD.to_kind, OLD.to_hash, OLD.created_at)
      <=> (NEW.id, NEW.company_id, NEW.service_id, NEW.amount_minor, NEW.tax_code, NEW.description, NEW.to_kind, NEW.to_hash, NEW.created_at)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payment_request_is_final: what was asked and decided does not change';
  END IF;

CREATE TRIGGER payment_request_stays BEFORE DELETE ON payment_request FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payment_request_stays: a payment request ends and is kept';

-- How many requests a company has sent on a business date. Its row is where two at once take turns.
CREATE TABLE payment_request_day (
  company_id INT UNSIGNED NOT NULL,
  business_date DATE NOT NULL,
  sent INT UNSIGNED NOT NULL,
  PRIMARY KEY (company_id, business_date),
  CONSTRAINT payment_request_day_company FOREIGN KEY (company_id) REFERENCES company (id)
);

-- What is decided of a request is decided on the carrier's page, as of everything else that is sold.
ALTER TABLE checkout DROP CONSTRAINT checkout_kind;
ALTER TABLE checkout ADD CONSTRAINT checkout_kind CHECK (kind IN ('charge', 'subscription', 'consent', 'request'));
