-- A settlement is approved by two people of the carrier who saw this draft, and its lines are its figures: charges, refunds on
-- invoices and by bank, and the items that count. This trigger has the conditions of every release before it.
CREATE OR REPLACE TRIGGER settlement_is_approved_whole BEFORE UPDATE ON settlement FOR EACH ROW
  IF OLD.state = 'draft' AND NEW.state NOT IN ('draft', 'rejected') THEN
    IF NEW.state <> 'approved' THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_is_approved_whole: a draft is approved before it is paid';
    ELSEIF (SELECT COUNT(*) FROM billing_period WHERE period = NEW.billing_period AND state = 'closed') <> 6 THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_is_approved_whole: its month is not closed';
    ELSEIF NOT (NEW.billed_minor, NEW.refunded_minor, NEW.item_count) <=> (SELECT COALESCE(SUM(IF(kind = 'charge', total_minor, 0)), 0),
        COALESCE(SUM(IF(kind = 'charge', 0, -total_minor)), 0), COALESCE(SUM(IF(kind = 'charge', item_count, 0)), 0)
        FROM settlement_part WHERE settlement_id = NEW.id) THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_is_approved_whole: its lines are not its sum';
    ELSEIF NOT EXISTS (SELECT 1 FROM approval a WHERE a.id = NEW.approval_id AND a.state = 'executed' AND a.kind = 'settlement.approve'
        AND a.subject = CONCAT('settlement:', NEW.number) AND JSON_VALUE(a.input, '$.revision') = NEW.revision
        AND a.maker LIKE 'staff:%' AND a.checker LIKE 'staff:%' AND a.checker COLLATE utf8mb4_uca1400_as_ci <> a.maker) THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_takes_two: a settlement is approved by two people of the carrier';
    ELSEIF EXISTS (SELECT 1 FROM settlement WHERE company_id = NEW.company_id AND billing_period < NEW.billing_period
        AND state IN ('draft', 'rejected')) THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_in_order: the months of a company are settled one after another';
    END IF;
  END IF;

-- What becomes of a refund by bank is decided once there is a result of the invoice that the charge is on.
CREATE OR REPLACE TRIGGER bank_refund_goes_forward BEFORE UPDATE ON bank_refund FOR EACH ROW
  IF OLD.state = 'cancelled' OR (NEW.refund_id, NEW.amount_minor) <> (OLD.refund_id, OLD.amount_minor)
    OR NEW.state = 'waiting'
    OR (OLD.state <> 'waiting' AND (NEW.payable_minor, NEW.cancelled_minor, NEW.decided_on)
      <> (OLD.payable_minor, OLD.cancelled_minor, OLD.decided_on))
    OR (OLD.state = 'waiting' AND NEW.state = 'paid') OR (OLD.state = 'payable' AND NEW.state = 'cancelled')
    OR (OLD.state = 'paid' AND NOT (NEW.state, NEW.payout_id, NEW.paid_on) <=> (OLD.state, OLD.payout_id, OLD.paid_on)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'bank_refund_goes_forward: what becomes of a refund by bank is decided once';
  ELSEIF OLD.state = 'waiting' AND NOT EXISTS (SELECT 1 FROM refund r
      JOIN invoice_item i ON i.charge_id = r.charge_id AND i.refund_id = ''
      JOIN line_invoice l ON l.billing_period = i.billing_period AND l.closing_group = i.closing_group AND l.line_id = i.line_id
        AND l.holder_from = i.holder_from
      JOIN invoice_collection c ON c.invoice_number = l.number
      WHERE r.id = NEW.refund_id AND c.state IN ('collected', 'partial', 'uncollected')) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'bank_refund_waits: a refund by bank waits for the result of its invoice';
  ELSEIF NEW.state = 'paid' AND NOT EXISTS (SELECT 1 FROM payout p
      WHERE p.id = NEW.payout_id AND p.refund_id = NEW.refund_id AND p.state = 'settled') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'bank_refund_is_paid: a refund by bank is paid by a payout that the bank has settled';
  END IF;

-- A payout is of an approved settlement, of its whole payout and to an account of its company; or of what is payable of a refund by
-- bank, to an account of the former holder.
CREATE OR REPLACE TRIGGER payout_is_owed BEFORE INSERT ON payout FOR EACH ROW
  IF NEW.state <> 'planned' OR NOT EXISTS (SELECT 1 FROM payout_run r
      WHERE r.id = NEW.run_id AND r.state = 'draft' AND r.pay_on = NEW.pay_on) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_begins_planned: a payout begins in a drafted run';
  ELSEIF NEW.kind = 'settlement' AND NOT EXISTS (SELECT 1 FROM settlement s
      JOIN bank_account b ON b.company_id = s.company_id AND b.version = NEW.account_version
      WHERE s.id = NEW.settlement_id AND s.state = 'approved' AND s.company_id = NEW.company_id AND s.payout_minor = NEW.amount_minor
        AND s.payout_on = NEW.due_on AND NEW.pay_on >= NEW.due_on
        AND (b.bank_code, b.branch_code, b.account_type, b.account_number)
          = (NEW.bank_code, NEW.branch_code, NEW.account_type, NEW.account_number)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_is_owed: a payout is that of an approved settlement, to an account of its company';
  ELSEIF NEW.kind = 'refund' AND NOT EXISTS (SELECT 1 FROM bank_refund b JOIN refund f ON f.id = b.refund_id
      JOIN refund_account k ON k.line_id = f.line_id AND k.holder_from = f.holder_from AND k.version = NEW.account_version
      WHERE b.refund_id = NEW.refund_id AND b.state = 'payable' AND b.payable_minor = NEW.amount_minor
        AND (k.bank_code, k.branch_code, k.account_type, k.account_number)
          = (NEW.bank_code, NEW.branch_code, NEW.account_type, NEW.account_number)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_is_owed: a payout of a refund is what is payable of one by bank, to an account of its holder';
  ELSEIF NOT NEW.replaces_id <=> (SELECT MAX(p.id) FROM payout p
      WHERE COALESCE(p.settlement_id, p.refund_id) = COALESCE(NEW.settlement_id, NEW.refund_id) AND p.state = 'returned') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payout_replaces_returned: a repeated payout names the returned one before it';
  END IF;
