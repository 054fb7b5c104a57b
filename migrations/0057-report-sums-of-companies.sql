-- Sums of months by company alone (and closing group), of which a report of a year reads some thousand rows: without service, channel,
-- tariff and partner. Made of the sums that are there, so that no night is needed.
ALTER TABLE report_figure
  DROP CONSTRAINT report_figure_grain,
  ADD CONSTRAINT report_figure_grain CHECK (grain IN ('day', 'month', 'period', 'c-month', 'c-period'));

INSERT INTO report_figure (grain, starts_on, company_id, service_id, closing_group, channel, tariff_code, partner_code, charge_count,
  charged_minor, refund_count, refunded_minor, returned_count, returned_minor, clawback_minor, recovered_minor, joined_count,
  left_count, active_count)
SELECT CONCAT('c-', grain), starts_on, company_id, 0, closing_group, '', '', '', SUM(charge_count), SUM(charged_minor), SUM(refund_count),
  SUM(refunded_minor), SUM(returned_count), SUM(returned_minor), SUM(clawback_minor), SUM(recovered_minor), SUM(joined_count),
  SUM(left_count), SUM(active_count)
FROM report_figure WHERE grain IN ('month', 'period') GROUP BY grain, starts_on, company_id, closing_group;
