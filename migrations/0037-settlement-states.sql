-- A settlement is drafted by the night, and approved or rejected by people. What is rejected is drafted again under its number.
ALTER TABLE settlement
  DROP CONSTRAINT settlement_state,
  ADD CONSTRAINT settlement_state CHECK (state IN ('draft', 'rejected', 'approved', 'paid')),
  ADD CONSTRAINT settlement_rejected CHECK ((state = 'rejected') = (rejected_reason IS NOT NULL)),
  ADD CONSTRAINT settlement_held CHECK (held_reason IS NULL OR state IN ('approved', 'paid')),
  ADD CONSTRAINT settlement_approved CHECK ((approval_id IS NULL) = (approved_at IS NULL) AND (approval_id IS NULL OR state IN ('approved', 'paid')));

-- The months of a company are settled one after another: the next is drafted when the one before is approved.
CREATE OR REPLACE TRIGGER settlement_begins_as_draft BEFORE INSERT ON settlement FOR EACH ROW
  IF NEW.state <> 'draft' OR NEW.revision <> 1 THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_begins_as_draft: a settlement is approved with all its lines';
  ELSEIF EXISTS (SELECT 1 FROM settlement WHERE company_id = NEW.company_id
      AND ((billing_period < NEW.billing_period AND state IN ('draft', 'rejected')) OR billing_period > NEW.billing_period)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_in_order: the months of a company are settled one after another';
  END IF;

-- Approved by two people of the carrier, who saw this draft of it; never by a job.
CREATE OR REPLACE TRIGGER settlement_is_approved_whole BEFORE UPDATE ON settlement FOR EACH ROW
  IF OLD.state = 'draft' AND NEW.state NOT IN ('draft', 'rejected') THEN
    IF NEW.state <> 'approved' THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_is_approved_whole: a draft is approved before it is paid';
    ELSEIF (SELECT COUNT(*) FROM billing_period WHERE period = NEW.billing_period AND state = 'closed') <> 6 THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_is_approved_whole: its month is not closed';
    ELSEIF (SELECT COALESCE(SUM(total_minor), 0) FROM settlement_part WHERE settlement_id = NEW.id) <> NEW.billed_minor - NEW.refunded_minor THEN
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

-- Of an approved one only its state moves on, to paid, and its payout may be held. A rejected one becomes the next draft.
CREATE OR REPLACE TRIGGER settlement_is_final BEFORE UPDATE ON settlement FOR EACH ROW
  IF (NEW.id, NEW.company_id, NEW.billing_period, NEW.number) <> (OLD.id, OLD.company_id, OLD.billing_period, OLD.number) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_is_final: a settlement keeps its number, company and month';
  ELSEIF OLD.state IN ('approved', 'paid') AND (
      (NEW.id, NEW.company_id, NEW.billing_period, NEW.contract_id, NEW.number, NEW.settled_on, NEW.billed_minor,
       NEW.refunded_minor, NEW.line_count, NEW.item_count, NEW.tariff_code, NEW.tariff_from, NEW.fee_branch,
       NEW.fee_ex_tax_minor, NEW.fee_tax_rate_bps, NEW.fee_tax_minor, NEW.carried_in_minor, NEW.payout_minor,
       NEW.carried_out_minor, NEW.payout_on, NEW.created_at, NEW.rule_version, NEW.legal_model, NEW.settlement_basis,
       NEW.fee_taxable, NEW.set_up_ex_tax_minor, NEW.set_up_tax_minor, NEW.clawback_minor, NEW.recovery_minor,
       NEW.transfer_fee_minor, NEW.revision)
      <>
      (OLD.id, OLD.company_id, OLD.billing_period, OLD.contract_id, OLD.number, OLD.settled_on, OLD.billed_minor,
       OLD.refunded_minor, OLD.line_count, OLD.item_count, OLD.tariff_code, OLD.tariff_from, OLD.fee_branch,
       OLD.fee_ex_tax_minor, OLD.fee_tax_rate_bps, OLD.fee_tax_minor, OLD.carried_in_minor, OLD.payout_minor,
       OLD.carried_out_minor, OLD.payout_on, OLD.created_at, OLD.rule_version, OLD.legal_model, OLD.settlement_basis,
       OLD.fee_taxable, OLD.set_up_ex_tax_minor, OLD.set_up_tax_minor, OLD.clawback_minor, OLD.recovery_minor,
       OLD.transfer_fee_minor, OLD.revision)
      OR NOT (NEW.approval_id <=> OLD.approval_id AND NEW.approved_at <=> OLD.approved_at)
      OR (NEW.state <> OLD.state AND NOT (OLD.state = 'approved' AND NEW.state = 'paid'))) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_is_final: an approved settlement does not change';
  ELSEIF NEW.revision <> OLD.revision + (OLD.state = 'rejected') OR (OLD.state = 'rejected' AND NEW.state <> 'draft') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_is_final: a rejected settlement becomes its next draft';
  END IF;
