-- Free months of an item, each once per tenure of a line, whichever issued ID joins. `first` belongs to the first
-- joining of all, whether or not its terms make that month free; `last` to the first leaving whose terms did.
CREATE TABLE free_month (
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  holder_from DATE NOT NULL,
  service_id INT UNSIGNED NOT NULL,
  item_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subscription_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  month CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (line_id, holder_from, service_id, item_code, kind),
  INDEX free_month_of_subscription (subscription_id, kind),
  CONSTRAINT free_month_kind CHECK (kind IN ('first', 'last')),
  CONSTRAINT free_month_subscription FOREIGN KEY (subscription_id) REFERENCES subscription (id)
);

INSERT INTO free_month (line_id, holder_from, service_id, item_code, kind, subscription_id, month)
SELECT line_id, holder_from, service_id, item_code, 'first', id, DATE_FORMAT(joined_on, '%Y-%m')
FROM (
  SELECT id, line_id, holder_from, service_id, item_code, joined_on,
    ROW_NUMBER() OVER (PARTITION BY line_id, holder_from, service_id, item_code ORDER BY joined_at, id) AS nth
  FROM subscription WHERE joined_on IS NOT NULL
) AS joined
WHERE nth = 1;

-- Last months that were free, or will be when the night comes to them; the earliest of each tenure and item.
INSERT INTO free_month (line_id, holder_from, service_id, item_code, kind, subscription_id, month)
SELECT line_id, holder_from, service_id, item_code, 'last', id, month
FROM (
  SELECT s.id, s.line_id, s.holder_from, s.service_id, s.item_code, DATE_FORMAT(s.left_on, '%Y-%m') AS month,
    ROW_NUMBER() OVER (PARTITION BY s.line_id, s.holder_from, s.service_id, s.item_code ORDER BY s.left_at, s.id) AS nth
  FROM subscription s
  LEFT JOIN subscription_month m ON m.subscriber_id = s.subscriber_id AND m.service_id = s.service_id
    AND m.item_code = s.item_code AND m.month = DATE_FORMAT(s.left_on, '%Y-%m')
  WHERE s.last_month_free AND s.left_on IS NOT NULL AND DATE_FORMAT(s.left_on, '%Y-%m') <> DATE_FORMAT(s.joined_on, '%Y-%m')
    AND ((m.outcome = 'free' AND m.subscription_id = s.id)
      OR (m.month IS NULL AND s.state = 'leaving' AND DAY(s.left_on) <= s.charge_day))
) AS gone
WHERE nth = 1;

-- Somebody who joined again was promised a free first month that is still to come: the promise is kept, now.
INSERT INTO subscription_month (subscriber_id, service_id, item_code, month, subscription_id, outcome)
SELECT s.subscriber_id, s.service_id, s.item_code, DATE_FORMAT(s.joined_on, '%Y-%m'), s.id, 'free'
FROM subscription s
LEFT JOIN free_month f ON f.subscription_id = s.id AND f.kind = 'first'
LEFT JOIN subscription_month m ON m.subscriber_id = s.subscriber_id AND m.service_id = s.service_id
  AND m.item_code = s.item_code AND m.month = DATE_FORMAT(s.joined_on, '%Y-%m')
WHERE s.state IN ('active', 'leaving') AND s.first_month_free AND s.renewed_through IS NULL
  AND f.kind IS NULL AND m.month IS NULL;

UPDATE subscription s
LEFT JOIN free_month f ON f.subscription_id = s.id AND f.kind = 'first'
SET s.renewed_through = DATE_FORMAT(s.joined_on, '%Y-%m')
WHERE s.state IN ('active', 'leaving') AND s.first_month_free AND s.renewed_through IS NULL AND f.kind IS NULL;

-- Taking what is taken already says who has it and changes nothing; everything else is refused.
CREATE TRIGGER free_month_is_final BEFORE UPDATE ON free_month FOR EACH ROW
  IF (NEW.line_id, NEW.holder_from, NEW.service_id, NEW.item_code, NEW.kind, NEW.subscription_id, NEW.month)
    <> (OLD.line_id, OLD.holder_from, OLD.service_id, OLD.item_code, OLD.kind, OLD.subscription_id, OLD.month) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'free_month_is_final: a free month is granted once';
  END IF;

CREATE TRIGGER free_month_stays BEFORE DELETE ON free_month FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'free_month_stays: a free month is granted once';

-- A month that is over stays so, but one that was free as the last: who comes back in it pays for it after all.
CREATE TRIGGER subscription_month_is_final BEFORE UPDATE ON subscription_month FOR EACH ROW
  IF OLD.outcome <> 'free' OR NEW.outcome = 'free' OR NOT EXISTS (SELECT 1 FROM free_month f
      WHERE f.subscription_id = OLD.subscription_id AND f.kind = 'last' AND f.month = OLD.month)
    OR (NEW.subscriber_id, NEW.service_id, NEW.item_code, NEW.month)
      <> (OLD.subscriber_id, OLD.service_id, OLD.item_code, OLD.month) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'subscription_month_is_final: a month is settled once';
  END IF;

CREATE TRIGGER subscription_month_stays BEFORE DELETE ON subscription_month FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'subscription_month_stays: a month is settled once';

-- Keys that companies give to single uses: of each consent and key there is one charge, for ever.
CREATE TABLE usage_item_key (
  charge_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  consent_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  item_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  CONSTRAINT usage_item_key_taken UNIQUE (consent_id, item_key),
  CONSTRAINT usage_item_key_charge FOREIGN KEY (charge_id) REFERENCES charge (id)
);

CREATE TRIGGER usage_item_key_is_final BEFORE UPDATE ON usage_item_key FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'usage_item_key_is_final: a key names one charge for ever';

CREATE TRIGGER usage_item_key_stays BEFORE DELETE ON usage_item_key FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'usage_item_key_stays: a key names one charge for ever';

-- Until when a pending one can be confirmed: from then on it reads as expired, whether or not the night has noted it.
ALTER TABLE consent ADD COLUMN open_until DATETIME(3) NULL AFTER created_at;

ALTER TABLE subscription ADD COLUMN open_until DATETIME(3) NULL AFTER created_at;

UPDATE consent a JOIN checkout c ON c.subject_id = a.id SET a.open_until = c.expires_at WHERE a.state = 'pending';

UPDATE subscription a JOIN checkout c ON c.subject_id = a.id SET a.open_until = c.expires_at WHERE a.state = 'pending';

-- Lists by state read state and time from the index alone.
ALTER TABLE charge DROP INDEX charge_of_state, ADD INDEX charge_of_state (company_id, state, id, open_until);

ALTER TABLE consent DROP INDEX consent_of_state, ADD INDEX consent_of_state (company_id, state, id, open_until);

ALTER TABLE subscription DROP INDEX subscription_of_state, ADD INDEX subscription_of_state (company_id, state, id, open_until);
