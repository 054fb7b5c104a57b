-- What a company has refunded in a month, for the preview of a refund: read from this index alone.
ALTER TABLE refund ADD INDEX refund_of_month (company_id, billing_period, charge_period, kind, charge_id, amount_minor);

-- The approval by which a version of a tariff was added. In production the next version of a tariff that a contract names has one;
-- what was added before production began, or before this release, is marked.
ALTER TABLE tariff
  ADD COLUMN approval_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN before_production BOOLEAN NOT NULL DEFAULT TRUE,
  ADD CONSTRAINT tariff_of_approval UNIQUE (approval_id),
  ADD CONSTRAINT tariff_approval FOREIGN KEY (approval_id) REFERENCES approval (id);

ALTER TABLE tariff ALTER COLUMN before_production SET DEFAULT FALSE;

CREATE TRIGGER tariff_takes_two BEFORE INSERT ON tariff FOR EACH ROW
  IF NEW.approval_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM approval a
      WHERE a.id = NEW.approval_id AND a.state = 'executed' AND a.kind = 'tariff.add' AND a.subject = CONCAT('tariff:', NEW.code)
        AND JSON_VALUE(a.input, '$.validFrom') = NEW.valid_from
        AND JSON_EQUALS(JSON_EXTRACT(a.input, '$.definition'), NEW.definition)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'tariff_takes_two: a version of a tariff is the one that two people approved';
  ELSEIF NEW.approval_id IS NULL AND (SELECT in_production FROM books LIMIT 1)
      AND EXISTS (SELECT 1 FROM contract WHERE tariff_code = NEW.code) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'tariff_takes_two: the next version of a tariff that a contract names takes two people';
  ELSE
    SET NEW.before_production = NOT COALESCE((SELECT in_production FROM books LIMIT 1), FALSE);
  END IF;
