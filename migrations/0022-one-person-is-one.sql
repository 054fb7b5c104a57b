-- One person under two spellings of a name is one person: the case and the width of letters do not make another.
ALTER TABLE approval
  DROP CONSTRAINT approval_two_people,
  ADD CONSTRAINT approval_two_people CHECK (checker IS NULL OR checker COLLATE utf8mb4_uca1400_as_ci <> maker);

-- A proposal that has expired is neither executed nor rejected.
CREATE OR REPLACE TRIGGER approval_is_final BEFORE UPDATE ON approval FOR EACH ROW
  IF OLD.state <> 'pending'
    OR (NEW.id, NEW.kind, NEW.subject, NEW.input, NEW.changes, NEW.subject_hash, NEW.reason, NEW.maker, NEW.proposed_at, NEW.expires_at)
    <> (OLD.id, OLD.kind, OLD.subject, OLD.input, OLD.changes, OLD.subject_hash, OLD.reason, OLD.maker, OLD.proposed_at, OLD.expires_at) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'approval_is_final: a proposal is decided once and never rewritten';
  ELSEIF NEW.state IN ('executed', 'rejected') AND NEW.decided_at >= OLD.expires_at THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'approval_in_time: a proposal that has expired is neither executed nor rejected';
  END IF;

-- An approval records the account that was approved, and no other.
CREATE OR REPLACE TRIGGER bank_account_takes_two BEFORE INSERT ON bank_account FOR EACH ROW
  IF NEW.version <> 1 + (SELECT COUNT(*) FROM bank_account b WHERE b.company_id = NEW.company_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'bank_account_in_order: an account follows the one before it';
  ELSEIF (NEW.approval_id IS NULL AND NEW.version > 1) OR (NEW.approval_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM approval a JOIN company c ON c.id = NEW.company_id
      WHERE a.id = NEW.approval_id AND a.state = 'executed' AND a.kind = 'company.bank-account'
        AND a.subject = CONCAT('company:', c.code)
        AND JSON_VALUE(a.input, '$.bankCode') = NEW.bank_code AND JSON_VALUE(a.input, '$.branchCode') = NEW.branch_code
        AND JSON_VALUE(a.input, '$.bankName') = NEW.bank_name AND JSON_VALUE(a.input, '$.branchName') = NEW.branch_name
        AND JSON_VALUE(a.input, '$.accountType') = NEW.account_type
        AND JSON_VALUE(a.input, '$.accountNumber') = NEW.account_number
        AND JSON_VALUE(a.input, '$.accountHolder') = NEW.account_holder)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'bank_account_takes_two: a company changes its account by an approval of two people';
  END IF;
