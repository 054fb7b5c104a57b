-- Money that goes back. A refund is a row of its own: the captured charge stays as it is. `refunded_before_minor` is the
-- sum of the charge's earlier refunds, unique by charge, so that two at once cannot both go on from the same sum.
CREATE TABLE refund (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  charge_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  company_id INT UNSIGNED NOT NULL,
  service_id INT UNSIGNED NOT NULL,
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  holder_from DATE NOT NULL,
  charge_period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  charge_group TINYINT UNSIGNED NOT NULL,
  amount_minor BIGINT NOT NULL,
  refunded_before_minor BIGINT NOT NULL,
  tax_code VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  tax_rate_bps SMALLINT UNSIGNED NOT NULL,
  kind VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Booked on; of a refund on an invoice in that invoice's period and group, of one by bank in the month of the day.
  business_date DATE NOT NULL,
  billing_period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  closing_group TINYINT UNSIGNED NULL,
  reason VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  note VARCHAR(200) NULL,
  reference VARCHAR(64) NULL,
  approval_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  created_by VARCHAR(80) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  INDEX refund_of_company (company_id, id),
  INDEX refund_of_reference (company_id, reference, id),
  INDEX refund_to_fold (billing_period, closing_group, business_date, line_id, id, amount_minor),
  INDEX refund_of_line (line_id, business_date, id),
  INDEX refund_by_actor (created_by, business_date, amount_minor),
  CONSTRAINT refund_in_turn UNIQUE (charge_id, refunded_before_minor),
  CONSTRAINT refund_charge FOREIGN KEY (charge_id) REFERENCES charge (id),
  CONSTRAINT refund_approval FOREIGN KEY (approval_id) REFERENCES approval (id),
  CONSTRAINT refund_billing_period FOREIGN KEY (billing_period, closing_group) REFERENCES billing_period (period, closing_group),
  CONSTRAINT refund_amount CHECK (amount_minor > 0 AND refunded_before_minor >= 0),
  CONSTRAINT refund_kind CHECK ((kind = 'invoice' AND closing_group IS NOT NULL) OR (kind = 'bank' AND closing_group IS NULL)),
  CONSTRAINT refund_tax_code CHECK (tax_code IN ('standard', 'reduced'))
);

-- A refund is of what was captured and never of more, and goes on an invoice that is still open.
CREATE TRIGGER refund_is_covered BEFORE INSERT ON refund FOR EACH ROW
  IF NOT EXISTS (SELECT 1 FROM charge c WHERE c.id = NEW.charge_id AND c.state = 'captured'
      AND (c.company_id, c.service_id, c.line_id, c.holder_from, c.billing_period, c.closing_group, c.tax_code, c.tax_rate_bps)
        = (NEW.company_id, NEW.service_id, NEW.line_id, NEW.holder_from, NEW.charge_period, NEW.charge_group, NEW.tax_code, NEW.tax_rate_bps)
      AND c.captured_minor >= NEW.refunded_before_minor + NEW.amount_minor) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refund_is_covered: no more is refunded than was captured';
  ELSEIF NEW.refunded_before_minor <> (SELECT COALESCE(SUM(amount_minor), 0) FROM refund WHERE charge_id = NEW.charge_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refund_in_turn: a refund follows the refunds before it';
  ELSEIF NEW.kind = 'invoice' AND NOT (SELECT state FROM billing_period
      WHERE period = NEW.billing_period AND closing_group = NEW.closing_group) <=> 'open' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refund_enters_open_period: a closed period takes no more refunds';
  ELSEIF NEW.kind = 'bank' AND NEW.billing_period <> DATE_FORMAT(NEW.business_date, '%Y-%m') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refund_by_bank_in_its_month: a refund by bank belongs to the month it is booked in';
  END IF;

CREATE TRIGGER refund_is_final BEFORE UPDATE ON refund FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refund_is_final: a refund does not change';

CREATE TRIGGER refund_stays BEFORE DELETE ON refund FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refund_stays: a refund is never removed';

-- A refund is an item of an invoice with a negative amount; it names its charge, and `refund_id` is empty for the charge itself.
ALTER TABLE invoice_item
  ADD COLUMN refund_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' AFTER charge_id,
  DROP PRIMARY KEY,
  ADD PRIMARY KEY (billing_period, closing_group, line_id, holder_from, charge_id, refund_id),
  DROP INDEX invoice_item_charge,
  ADD CONSTRAINT invoice_item_charge UNIQUE (charge_id, refund_id),
  ADD CONSTRAINT invoice_item_sign CHECK ((refund_id = '') = (amount_minor > 0) AND (refund_id = '') = (kind <> 'refund'));

-- What follows a capture in the books, and where it goes.
ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_kind;

ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_kind CHECK (kind IN ('authorization', 'release', 'capture',
  'cancellation', 'expiry', 'fee', 'tax', 'payout', 'refund', 'bank-refund', 'refund-paid', 'refund-cancelled', 'collected',
  'uncollected', 'collected-back', 'uncollected-back', 'clawback', 'recovery', 'loss', 'loss-back', 'set-up', 'set-up-tax',
  'transfer-fee', 'payout-sent', 'payout-returned'));
