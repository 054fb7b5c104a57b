-- Documents are found by date, amount and counterparty, in any combination. An amount of a line invoice is searched once the
-- invoice is numbered: until then it changes with each charge, and its index would be written as often.
ALTER TABLE settlement
  ADD INDEX settlement_by_date (settled_on, id, payout_minor, company_id),
  ADD INDEX settlement_of_company_by_date (company_id, settled_on, id, payout_minor);

ALTER TABLE statement_correction ADD INDEX statement_correction_by_date (corrected_on, settlement_id, revision);

ALTER TABLE line_invoice
  ADD COLUMN issued_minor BIGINT AS (IF(number IS NULL, NULL, total_minor)) VIRTUAL,
  ADD INDEX line_invoice_of_amount (billing_period, closing_group, issued_minor),
  ADD INDEX line_invoice_of_holder (holder, billing_period, closing_group);

ALTER TABLE invoice_correction ADD INDEX invoice_correction_by_date (corrected_on, number);

ALTER TABLE payout ADD INDEX payout_of_payee (payee, run_id);
