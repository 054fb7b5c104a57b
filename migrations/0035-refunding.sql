-- What one refunder has given back on a business date without a second person (`company:12`, `staff:acct-3`), and what a line
-- has got back (`line:CAF…`). Each refund adds to it under the lock of the row, so that many small ones at once do not pass by
-- the amount that takes two people.
CREATE TABLE refunded_day (
  subject VARCHAR(110) NOT NULL,
  business_date DATE NOT NULL,
  refunded_minor BIGINT NOT NULL,
  PRIMARY KEY (subject, business_date),
  CONSTRAINT refunded_day_amount CHECK (refunded_minor > 0)
);

-- A month that is over stays so, but for two: one that was free as the last, and one whose charge was refunded whole. Who comes
-- back in such a month with another subscription pays for it.
CREATE OR REPLACE TRIGGER subscription_month_is_final BEFORE UPDATE ON subscription_month FOR EACH ROW
  IF NEW.outcome = 'free' OR (NEW.subscriber_id, NEW.service_id, NEW.item_code, NEW.month)
      <> (OLD.subscriber_id, OLD.service_id, OLD.item_code, OLD.month)
    OR NOT (
      (OLD.outcome = 'free' AND EXISTS (SELECT 1 FROM free_month f
        WHERE f.subscription_id = OLD.subscription_id AND f.kind = 'last' AND f.month = OLD.month))
      OR (OLD.outcome = 'charged' AND NEW.subscription_id <> OLD.subscription_id AND EXISTS (SELECT 1 FROM charge c
        WHERE c.id = OLD.charge_id
          AND c.captured_minor = (SELECT SUM(r.amount_minor) FROM refund r WHERE r.charge_id = c.id)))) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'subscription_month_is_final: a month is settled once';
  END IF;

-- Leads approve refunds: their role is granted by two people.
CREATE OR REPLACE FUNCTION account_role_fault(of_account INT UNSIGNED, of_role VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin,
    by_approval CHAR(26) CHARACTER SET ascii COLLATE ascii_bin) RETURNS VARCHAR(10) READS SQL DATA
  RETURN (SELECT CASE
      WHEN (k.audience = 'company') <> (of_role IN ('owner', 'finance', 'developer', 'support', 'partner')) THEN 'audience'
      WHEN of_role NOT IN ('owner', 'finance', 'lead', 'billing', 'billing-approver', 'administrator') THEN NULL
      WHEN by_approval IS NULL AND k.first_slot IS NOT NULL AND k.activated_at IS NULL THEN NULL
      WHEN EXISTS (SELECT 1 FROM approval a WHERE a.id = by_approval AND a.state = 'executed'
        AND JSON_CONTAINS(a.input, JSON_QUOTE(of_role), '$.roles')
        AND ((a.kind = 'account.roles' AND JSON_VALUE(a.input, '$.accountId') = k.id)
          OR (a.kind = 'account.invite' AND LOWER(JSON_VALUE(a.input, '$.email')) = k.email_key
            AND JSON_VALUE(a.input, '$.audience') = k.audience))) THEN NULL
      ELSE 'approval' END
    FROM account k WHERE k.id = of_account);

-- Where a former holder is paid what an invoice cannot give back any more; entered by one person and approved by another.
CREATE TABLE refund_account (
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  holder_from DATE NOT NULL,
  version SMALLINT UNSIGNED NOT NULL,
  bank_code CHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  bank_name VARCHAR(60) NOT NULL,
  branch_code CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  branch_name VARCHAR(60) NOT NULL,
  account_type VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  account_number CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  account_holder VARCHAR(60) NOT NULL,
  approval_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (line_id, holder_from, version),
  CONSTRAINT refund_account_approval FOREIGN KEY (approval_id) REFERENCES approval (id),
  CONSTRAINT refund_account_type CHECK (account_type IN ('ordinary', 'current', 'savings', 'other'))
);

CREATE TRIGGER refund_account_takes_two BEFORE INSERT ON refund_account FOR EACH ROW
  IF NEW.version <> 1 + (SELECT COUNT(*) FROM refund_account b WHERE b.line_id = NEW.line_id AND b.holder_from = NEW.holder_from) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refund_account_in_order: an account follows the one before it';
  ELSEIF NOT EXISTS (SELECT 1 FROM approval a
      WHERE a.id = NEW.approval_id AND a.state = 'executed' AND a.kind = 'refund.account'
        AND JSON_VALUE(a.input, '$.lineId') = NEW.line_id AND JSON_VALUE(a.input, '$.holderFrom') = NEW.holder_from
        AND JSON_VALUE(a.input, '$.bankCode') = NEW.bank_code AND JSON_VALUE(a.input, '$.branchCode') = NEW.branch_code
        AND JSON_VALUE(a.input, '$.bankName') = NEW.bank_name AND JSON_VALUE(a.input, '$.branchName') = NEW.branch_name
        AND JSON_VALUE(a.input, '$.accountType') = NEW.account_type
        AND JSON_VALUE(a.input, '$.accountNumber') = NEW.account_number
        AND JSON_VALUE(a.input, '$.accountHolder') = NEW.account_holder) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refund_account_takes_two: a former holder is paid to an account that two people approved';
  END IF;

CREATE TRIGGER refund_account_is_final BEFORE UPDATE ON refund_account FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refund_account_is_final: a correction is a new account';

CREATE TRIGGER refund_account_stays BEFORE DELETE ON refund_account FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refund_account_stays: who was paid is not forgotten';

-- What becomes of a refund by bank. It waits for the collection of what it gives back; as much as was collected is paid, and the
-- rest is cancelled against the debt. `payable` until a payout has paid it.
CREATE TABLE bank_refund (
  refund_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  state VARCHAR(9) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_minor BIGINT NOT NULL,
  payable_minor BIGINT NOT NULL DEFAULT 0,
  cancelled_minor BIGINT NOT NULL DEFAULT 0,
  decided_on DATE NULL,
  -- The payout that paid it, and when.
  payout_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  paid_on DATE NULL,
  INDEX bank_refund_of_state (state, refund_id),
  CONSTRAINT bank_refund_refund FOREIGN KEY (refund_id) REFERENCES refund (id),
  CONSTRAINT bank_refund_state CHECK (
    (state = 'waiting' AND payable_minor = 0 AND cancelled_minor = 0 AND decided_on IS NULL)
    OR (state IN ('payable', 'paid') AND payable_minor > 0 AND payable_minor + cancelled_minor = amount_minor AND decided_on IS NOT NULL)
    OR (state = 'cancelled' AND payable_minor = 0 AND cancelled_minor = amount_minor AND decided_on IS NOT NULL)),
  CONSTRAINT bank_refund_amount CHECK (amount_minor > 0 AND payable_minor >= 0 AND cancelled_minor >= 0),
  CONSTRAINT bank_refund_paid CHECK ((state = 'paid') = (paid_on IS NOT NULL))
);

-- Of a refund by bank, with its amount; and what is paid or cancelled stays so.
CREATE TRIGGER bank_refund_is_refund BEFORE INSERT ON bank_refund FOR EACH ROW
  IF NEW.state <> 'waiting' OR NOT EXISTS (SELECT 1 FROM refund r
      WHERE r.id = NEW.refund_id AND r.kind = 'bank' AND r.amount_minor = NEW.amount_minor) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'bank_refund_is_refund: only a refund by bank is paid by bank';
  END IF;

CREATE TRIGGER bank_refund_goes_forward BEFORE UPDATE ON bank_refund FOR EACH ROW
  IF OLD.state = 'cancelled' OR (NEW.refund_id, NEW.amount_minor) <> (OLD.refund_id, OLD.amount_minor)
    OR NEW.state = 'waiting'
    OR (OLD.state <> 'waiting' AND (NEW.payable_minor, NEW.cancelled_minor, NEW.decided_on)
      <> (OLD.payable_minor, OLD.cancelled_minor, OLD.decided_on))
    OR (OLD.state = 'waiting' AND NEW.state = 'paid') OR (OLD.state = 'payable' AND NEW.state = 'cancelled') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'bank_refund_goes_forward: what becomes of a refund by bank is decided once';
  END IF;

CREATE TRIGGER bank_refund_stays BEFORE DELETE ON bank_refund FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'bank_refund_stays: a refund by bank is never removed';

-- A refund that took two people is the one they approved, once.
ALTER TABLE refund ADD CONSTRAINT refund_of_approval UNIQUE (approval_id);

CREATE TRIGGER refund_takes_two BEFORE INSERT ON refund FOR EACH ROW
  IF NEW.approval_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM approval a
      WHERE a.id = NEW.approval_id AND a.state = 'executed' AND a.kind = 'refund.create'
        AND JSON_VALUE(a.input, '$.chargeId') = NEW.charge_id AND JSON_VALUE(a.input, '$.amountMinor') = NEW.amount_minor) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refund_takes_two: a refund is the one that two people approved';
  END IF;
