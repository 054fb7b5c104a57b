-- What a refund item gives back: when it was supplied, which decides its supplier's status and stands on the return invoice,
-- and in which billing period it was charged. Empty for charges.
ALTER TABLE invoice_item
  ADD COLUMN supplied_on DATE NULL,
  ADD COLUMN charge_period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD CONSTRAINT invoice_item_refunded CHECK ((refund_id = '') = (supplied_on IS NULL) AND (refund_id = '') = (charge_period IS NULL));

-- Lines of a settlement: charges, with their total before refunds and the items that count for the fee; refunds on invoices
-- of the period, and refunds by bank of its calendar month, by the period of the refunded charges, with negative totals.
ALTER TABLE settlement_part
  ADD COLUMN kind VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'charge' AFTER tax_rate_bps,
  ADD COLUMN original_period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' AFTER kind,
  DROP PRIMARY KEY,
  ADD PRIMARY KEY (settlement_id, closing_group, service_id, tax_code, tax_rate_bps, kind, original_period),
  ADD CONSTRAINT settlement_part_kind CHECK (kind IN ('charge', 'refund', 'bank')),
  ADD CONSTRAINT settlement_part_sign CHECK ((kind = 'charge') = (total_minor >= 0) AND (kind = 'charge') = (original_period = ''));

-- The invoice items a settlement covers, refunds and fully refunded charges included: when all of a month's are covered, it
-- is settled. Settlements of before cover the items they counted.
ALTER TABLE settlement ADD COLUMN invoiced_item_count INT UNSIGNED NULL;

CREATE TRIGGER settlement_covers_the_same BEFORE UPDATE ON settlement FOR EACH ROW
  IF OLD.state IN ('approved', 'paid') AND NOT NEW.invoiced_item_count <=> OLD.invoiced_item_count THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_is_final: an approved settlement does not change';
  END IF;
