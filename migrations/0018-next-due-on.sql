-- When a subscription has something due next: the night reads what has come by one range of the index, instead of
-- working it out for every subscription. The same rule as `nextDueOn` of next-due-on.rules.ts.
ALTER TABLE subscription ADD COLUMN next_due_on DATE NULL AFTER renewed_through;

UPDATE subscription s
JOIN (
  SELECT id, IF(renewed_through >= DATE_FORMAT(joined_on, '%Y-%m'),
    CAST(CONCAT(renewed_through, '-01') AS DATE) + INTERVAL 1 MONTH,
    CAST(DATE_FORMAT(joined_on, '%Y-%m-01') AS DATE)) AS month_start
  FROM subscription WHERE state IN ('active', 'leaving')
) AS open_month ON open_month.id = s.id
SET s.next_due_on = LEAST(
  GREATEST(LEAST(month_start + INTERVAL s.charge_day - 1 DAY, LAST_DAY(month_start)), s.joined_on),
  COALESCE(s.left_on, '9999-12-31'));

ALTER TABLE subscription
  DROP INDEX subscription_due,
  ADD INDEX subscription_due (state, next_due_on, id, line_id),
  ADD CONSTRAINT subscription_next_due CHECK ((state IN ('active', 'leaving')) = (next_due_on IS NOT NULL));
