-- What takes two people: one proposes, another approves. The database refuses an approval by the proposer, by a job or by
-- nobody, a second one that waits for the same subject, and any change of one that is decided.
CREATE TABLE approval (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  kind VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(80) NOT NULL,
  input LONGTEXT NOT NULL,
  changes LONGTEXT NOT NULL,
  subject_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(300) NOT NULL,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  maker VARCHAR(100) NOT NULL,
  proposed_at DATETIME(3) NOT NULL,
  expires_at DATETIME(3) NOT NULL,
  checker VARCHAR(100) NULL,
  decided_at DATETIME(3) NULL,
  note VARCHAR(300) NULL,
  is_pending BOOLEAN AS (IF(state = 'pending', TRUE, NULL)) PERSISTENT,
  INDEX approval_of_subject (subject, id),
  INDEX approval_of_state (state, id),
  CONSTRAINT approval_waits_once UNIQUE (kind, subject, is_pending),
  CONSTRAINT approval_input CHECK (JSON_VALID(input)),
  CONSTRAINT approval_changes CHECK (JSON_VALID(changes)),
  CONSTRAINT approval_state CHECK (state IN ('pending', 'executed', 'rejected', 'expired', 'void')),
  CONSTRAINT approval_two_people CHECK (checker IS NULL OR checker <> maker),
  CONSTRAINT approval_is_checked CHECK (state <> 'executed' OR checker IS NOT NULL),
  CONSTRAINT approval_by_persons CHECK (
    (maker LIKE 'staff:%' OR maker LIKE 'company-user:%')
    AND (checker IS NULL OR checker LIKE 'staff:%' OR checker LIKE 'company-user:%')),
  CONSTRAINT approval_decided CHECK ((state = 'pending') = (decided_at IS NULL))
);

CREATE TRIGGER approval_begins_pending BEFORE INSERT ON approval FOR EACH ROW
  IF NEW.state <> 'pending' OR NEW.checker IS NOT NULL THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'approval_begins_pending: a proposal waits for a second person';
  END IF;

CREATE TRIGGER approval_is_final BEFORE UPDATE ON approval FOR EACH ROW
  IF OLD.state <> 'pending'
    OR (NEW.id, NEW.kind, NEW.subject, NEW.input, NEW.changes, NEW.subject_hash, NEW.reason, NEW.maker, NEW.proposed_at, NEW.expires_at)
    <> (OLD.id, OLD.kind, OLD.subject, OLD.input, OLD.changes, OLD.subject_hash, OLD.reason, OLD.maker, OLD.proposed_at, OLD.expires_at) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'approval_is_final: a proposal is decided once and never rewritten';
  END IF;

CREATE TRIGGER approval_stays BEFORE DELETE ON approval FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'approval_stays: a proposal is never removed';
