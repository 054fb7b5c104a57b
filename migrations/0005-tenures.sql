-- Limits and invoices belong to a tenure: a line and the first day of whoever holds it. A line that changes hands in a
-- period has two of each, so nothing that one holder spends counts against, or shows to, the other.

-- What a tenure has authorized and not captured yet. Every sale on the tenure locks its row, in whichever billing
-- period it is, so that sales take turns and a limit holds. On a node of a cluster, which does not tell the others what
-- it has locked, the sale writes the row (`passed`): of two nodes that do, one commits and the other tries again.
CREATE TABLE tenure_hold (
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  holder_from DATE NOT NULL,
  held_minor BIGINT NOT NULL,
  passed BIGINT UNSIGNED NOT NULL DEFAULT 0,
  PRIMARY KEY (line_id, holder_from),
  CONSTRAINT tenure_hold_held CHECK (held_minor >= 0)
);

INSERT INTO tenure_hold (line_id, holder_from, held_minor)
SELECT line_id, holder_from, SUM(amount_minor) FROM charge WHERE state = 'authorized' GROUP BY line_id, holder_from;

-- The authorizations behind it, found by the tenure when its entitlement ends, and by issued ID for the ID's own limit.
CREATE TABLE open_authorization (
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  holder_from DATE NOT NULL,
  charge_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subscriber_id INT UNSIGNED NULL,
  amount_minor BIGINT NOT NULL,
  PRIMARY KEY (line_id, holder_from, charge_id),
  CONSTRAINT open_authorization_charge UNIQUE (charge_id),
  CONSTRAINT open_authorization_amount CHECK (amount_minor > 0)
);

INSERT INTO open_authorization (line_id, holder_from, charge_id, subscriber_id, amount_minor)
SELECT line_id, holder_from, id, subscriber_id, amount_minor FROM charge WHERE state = 'authorized';

-- What a tenure has booked in a billing period, and the closing group the period was begun with: from the charges.
ALTER TABLE line_period RENAME TO line_period_before;

CREATE TABLE line_period (
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  holder_from DATE NOT NULL,
  period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  closing_group TINYINT UNSIGNED NOT NULL,
  spent_minor BIGINT NOT NULL,
  PRIMARY KEY (line_id, holder_from, period),
  CONSTRAINT line_period_spent CHECK (spent_minor >= 0)
);

INSERT INTO line_period (line_id, holder_from, period, closing_group, spent_minor)
SELECT line_id, holder_from, billing_period, MAX(closing_group), SUM(captured_minor)
FROM charge WHERE state = 'captured' GROUP BY line_id, holder_from, billing_period;

INSERT IGNORE INTO line_period (line_id, holder_from, period, closing_group, spent_minor)
SELECT c.line_id, c.holder_from, c.reserved_period, MAX(p.closing_group), 0
FROM charge c JOIN line_period_before p ON p.line_id = c.line_id AND p.period = c.reserved_period
WHERE c.state = 'authorized' GROUP BY c.line_id, c.holder_from, c.reserved_period;

DROP TABLE line_period_before;

-- `authorized_until` is the end of an authorization by the contract, `open_until` what is left of it: no later than the
-- entitlement lasts. The limits are those in force when the charge was allowed: of the tenure, and of the issued ID if
-- it had one; unknown for charges of before. `charge_of_buyer` sums up what an issued ID has bought in a period.
ALTER TABLE charge
  ADD COLUMN authorized_until DATETIME(3) NULL,
  ADD COLUMN limit_minor BIGINT NULL,
  ADD COLUMN own_limit_minor BIGINT NULL,
  MODIFY ended_by VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL,
  DROP INDEX charge_to_fold,
  ADD INDEX charge_to_fold (billing_period, closing_group, business_date, line_id, holder_from, id, captured_minor),
  ADD INDEX charge_of_buyer (billing_period, subscriber_id, captured_minor);

UPDATE charge SET authorized_until = open_until WHERE state = 'authorized';

-- Authorizations whose entitlement is lost already, or will be before they run out. A day begins at midnight of the
-- billing's time zone, if the server knows it.
UPDATE charge c
JOIN open_authorization o ON o.charge_id = c.id
JOIN line l ON l.line_id = c.line_id
JOIN line_holder h ON h.line_id = c.line_id AND h.valid_from = c.holder_from
LEFT JOIN subscriber p ON p.id = c.subscriber_id
LEFT JOIN books b ON b.id = 1
SET c.open_until = GREATEST(c.authorized_at, LEAST(c.authorized_until,
  IF(l.status <> 'active', UTC_TIMESTAMP(3), c.authorized_until),
  COALESCE(p.ended_at, c.authorized_until),
  COALESCE(CONVERT_TZ(TIMESTAMP(h.valid_to), b.time_zone, '+00:00'), TIMESTAMP(h.valid_to), c.authorized_until)))
WHERE c.state = 'authorized';

-- Invoices that are numbered stay whole, as the carrier has them: the holder of the first item stands for a line that had
-- two, and its invoice details are written as they were (format 1). The others are divided by tenure.
DROP TRIGGER invoice_item_is_final;

DROP TRIGGER invoice_item_stays;

DROP TRIGGER line_invoice_is_final;

DROP TRIGGER line_invoice_stays;

DROP TRIGGER line_invoice_tax_is_final;

DROP TRIGGER line_invoice_tax_stays;

ALTER TABLE billing_period ADD COLUMN invoice_format TINYINT UNSIGNED NOT NULL DEFAULT 1;

UPDATE billing_period p SET p.invoice_format = 2
WHERE p.state <> 'closed' AND NOT EXISTS (SELECT 1 FROM line_invoice l
  WHERE l.billing_period = p.period AND l.closing_group = p.closing_group AND l.number IS NOT NULL);

ALTER TABLE billing_period ALTER COLUMN invoice_format SET DEFAULT 2;

ALTER TABLE line_invoice ADD COLUMN holder_from DATE NULL AFTER line_id;

UPDATE line_invoice l
LEFT JOIN (SELECT billing_period, closing_group, line_id, MIN(holder_from) AS holder_from FROM invoice_item
  GROUP BY billing_period, closing_group, line_id) i USING (billing_period, closing_group, line_id)
SET l.holder_from = COALESCE(i.holder_from, (SELECT MIN(h.valid_from) FROM line_holder h WHERE h.line_id = l.line_id), '2000-01-01');

UPDATE invoice_item i JOIN line_invoice l USING (billing_period, closing_group, line_id)
SET i.holder_from = l.holder_from
WHERE l.number IS NOT NULL AND i.holder_from <> l.holder_from;

ALTER TABLE invoice_item
  DROP PRIMARY KEY,
  ADD PRIMARY KEY (billing_period, closing_group, line_id, holder_from, charge_id);

ALTER TABLE line_invoice
  MODIFY holder_from DATE NOT NULL,
  DROP PRIMARY KEY,
  DROP INDEX line_invoice_one_per_period,
  ADD PRIMARY KEY (billing_period, closing_group, line_id, holder_from),
  ADD CONSTRAINT line_invoice_one_per_period UNIQUE (line_id, holder_from, billing_period);

UPDATE line_invoice l
JOIN (SELECT billing_period, closing_group, line_id, holder_from, COUNT(*) AS item_count, SUM(amount_minor) AS total_minor
  FROM invoice_item GROUP BY billing_period, closing_group, line_id, holder_from) i
  USING (billing_period, closing_group, line_id, holder_from)
SET l.item_count = i.item_count, l.total_minor = i.total_minor
WHERE l.number IS NULL AND l.item_count <> i.item_count;

INSERT INTO line_invoice (billing_period, closing_group, line_id, holder_from, number, item_count, total_minor)
SELECT i.billing_period, i.closing_group, i.line_id, i.holder_from, NULL, COUNT(*), SUM(i.amount_minor) FROM invoice_item i
LEFT JOIN line_invoice l USING (billing_period, closing_group, line_id, holder_from)
WHERE l.line_id IS NULL GROUP BY i.billing_period, i.closing_group, i.line_id, i.holder_from;

ALTER TABLE line_invoice_tax ADD COLUMN holder_from DATE NULL AFTER line_id;

UPDATE line_invoice_tax t JOIN line_invoice l USING (billing_period, closing_group, line_id)
SET t.holder_from = l.holder_from WHERE l.number IS NOT NULL;

ALTER TABLE line_invoice_tax
  MODIFY holder_from DATE NOT NULL,
  DROP PRIMARY KEY,
  ADD PRIMARY KEY (billing_period, closing_group, line_id, holder_from, part, tax_code, tax_rate_bps);

CREATE TRIGGER invoice_item_is_final BEFORE UPDATE ON invoice_item FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'invoice_item_is_final: a correction is a new item';

CREATE TRIGGER invoice_item_stays BEFORE DELETE ON invoice_item FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'invoice_item_stays: a correction is a new item';

CREATE TRIGGER line_invoice_is_final BEFORE UPDATE ON line_invoice FOR EACH ROW
  IF OLD.number IS NOT NULL THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'line_invoice_is_final: a numbered invoice does not change';
  ELSEIF NEW.closing_group <> OLD.closing_group THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'line_invoice_keeps_its_group: a tenure has one invoice for a period';
  END IF;

CREATE TRIGGER line_invoice_stays BEFORE DELETE ON line_invoice FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'line_invoice_stays: an invoice is never removed';

CREATE TRIGGER line_invoice_tax_is_final BEFORE UPDATE ON line_invoice_tax FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'line_invoice_tax_is_final: a numbered invoice does not change';

CREATE TRIGGER line_invoice_tax_stays BEFORE DELETE ON line_invoice_tax FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'line_invoice_tax_stays: a numbered invoice does not change';
