-- What was sold, refunded and clawed back, by the business date on which it is booked; the night adds it up once the day is
-- over. A refund, a clawback and a recovery name the day on which their charge was sold, so a day that is over is never
-- rewritten because of a later refund. `closing_group` is 0 for refunds by bank. `partner_code` is empty until there are partners.
CREATE TABLE daily_figure (
  booked_on DATE NOT NULL,
  company_id INT UNSIGNED NOT NULL,
  service_id INT UNSIGNED NOT NULL,
  sold_on DATE NOT NULL,
  billing_period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  closing_group TINYINT UNSIGNED NOT NULL,
  channel VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  tariff_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  partner_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  charge_count INT UNSIGNED NOT NULL,
  charged_minor BIGINT NOT NULL,
  refund_count INT UNSIGNED NOT NULL,
  refunded_minor BIGINT NOT NULL,
  clawback_minor BIGINT NOT NULL,
  recovered_minor BIGINT NOT NULL,
  PRIMARY KEY (booked_on, company_id, service_id, sold_on, billing_period, closing_group, partner_code),
  INDEX daily_figure_of_sale (sold_on),
  INDEX daily_figure_of_period (billing_period),
  CONSTRAINT daily_figure_dates CHECK (sold_on = booked_on OR (sold_on < booked_on AND charge_count = 0)),
  CONSTRAINT daily_figure_amounts CHECK (charged_minor >= charge_count AND refunded_minor >= refund_count AND clawback_minor >= 0 AND recovered_minor >= 0)
);

CREATE TRIGGER daily_figure_is_replaced_whole BEFORE UPDATE ON daily_figure FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'daily_figure_is_replaced_whole: the figures of a day are added up again, not changed';

-- Subscriptions of a service on a business date: joined, left, and active when it ended.
CREATE TABLE daily_subscription (
  business_date DATE NOT NULL,
  company_id INT UNSIGNED NOT NULL,
  service_id INT UNSIGNED NOT NULL,
  joined_count INT UNSIGNED NOT NULL,
  left_count INT UNSIGNED NOT NULL,
  active_count INT UNSIGNED NOT NULL,
  PRIMARY KEY (business_date, company_id, service_id)
);

ALTER TABLE subscription
  ADD INDEX subscription_joined (joined_on, company_id, service_id),
  ADD INDEX subscription_left (left_on, company_id, service_id);

ALTER TABLE refund ADD INDEX refund_of_day (business_date, amount_minor);

ALTER TABLE clawback ADD INDEX clawback_of_day (booked_on, kind, amount_minor);

-- What the ledger has of the carrier's collection on a business date, by the kind of its entries.
CREATE TABLE daily_collection (
  booked_on DATE NOT NULL,
  kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_minor BIGINT NOT NULL,
  PRIMARY KEY (booked_on, kind),
  CONSTRAINT daily_collection_kind CHECK (kind IN ('collected', 'collected-back', 'uncollected', 'uncollected-back', 'clawback', 'recovery', 'loss', 'loss-back')),
  CONSTRAINT daily_collection_amount CHECK (amount_minor > 0)
);

-- The days that are added up, with their sums: a day that has others is added up again. `is_summed` is false until the figures
-- that reports read have them too.
CREATE TABLE daily_total (
  business_date DATE NOT NULL PRIMARY KEY,
  charge_count INT UNSIGNED NOT NULL,
  charged_minor BIGINT NOT NULL,
  refund_count INT UNSIGNED NOT NULL,
  refunded_minor BIGINT NOT NULL,
  clawback_minor BIGINT NOT NULL,
  recovered_minor BIGINT NOT NULL,
  -- The night that added it up.
  run_date DATE NOT NULL,
  added_up_at DATETIME(3) NOT NULL,
  is_summed BOOLEAN NOT NULL,
  INDEX daily_total_to_sum (is_summed),
  CONSTRAINT daily_total_night CHECK (run_date >= business_date)
);

-- What reports read, in the order in which they read it: by day, by calendar month, and by billing month with its closing groups.
-- Sums of the tables above. `returned` are the refunds of the charges that were sold then, whenever they were booked.
CREATE TABLE report_figure (
  grain VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  starts_on DATE NOT NULL,
  company_id INT UNSIGNED NOT NULL,
  service_id INT UNSIGNED NOT NULL,
  closing_group TINYINT UNSIGNED NOT NULL,
  channel VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  tariff_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  partner_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  charge_count INT UNSIGNED NOT NULL,
  charged_minor BIGINT NOT NULL,
  refund_count INT UNSIGNED NOT NULL,
  refunded_minor BIGINT NOT NULL,
  returned_count INT UNSIGNED NOT NULL,
  returned_minor BIGINT NOT NULL,
  clawback_minor BIGINT NOT NULL,
  recovered_minor BIGINT NOT NULL,
  joined_count INT UNSIGNED NOT NULL,
  left_count INT UNSIGNED NOT NULL,
  active_count INT UNSIGNED NOT NULL,
  PRIMARY KEY (grain, starts_on, company_id, service_id, closing_group, channel, tariff_code, partner_code),
  INDEX report_figure_of_company (company_id, grain, starts_on),
  CONSTRAINT report_figure_grain CHECK (grain IN ('day', 'month', 'period'))
);
