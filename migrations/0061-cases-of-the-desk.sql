-- The support centre opens cases too, about any concern: of a line without a purchase, or of nobody yet when it came by mail. A case
-- may wait for the company, is merged into another one, and is opened again. `answer_due_at` is null in cases of before.
DROP TRIGGER support_case_is_final;

ALTER TABLE support_case
  MODIFY subject_kind VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL,
  MODIFY subject_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  MODIFY company_id INT UNSIGNED NULL,
  MODIFY service_id INT UNSIGNED NULL,
  MODIFY subscriber_id INT UNSIGNED NULL,
  MODIFY line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  MODIFY holder_from DATE NULL,
  ADD COLUMN merged_into CHAR(13) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN answer_due_at DATETIME(3) NULL,
  ADD COLUMN answered_at DATETIME(3) NULL,
  ADD COLUMN answered_by VARCHAR(100) NULL,
  ADD COLUMN company_due_at DATETIME(3) NULL,
  DROP CONSTRAINT support_case_kind,
  DROP CONSTRAINT support_case_subject,
  DROP CONSTRAINT support_case_state,
  DROP CONSTRAINT support_case_taken,
  DROP CONSTRAINT support_case_outcome;

ALTER TABLE support_case
  ADD CONSTRAINT support_case_kind CHECK (kind IN ('unrecognised-purchase', 'charged-twice', 'refund', 'cancellation', 'sign-in',
    'limit', 'refused', 'seller-silent', 'moved', 'other')),
  ADD CONSTRAINT support_case_subject CHECK (subject_kind IN ('charge', 'subscription', 'consent')),
  ADD CONSTRAINT support_case_whole CHECK ((subject_id IS NULL) = (subject_kind IS NULL) AND (subject_id IS NULL) = (company_id IS NULL)
    AND (subject_id IS NULL) = (service_id IS NULL) AND (line_id IS NULL) = (holder_from IS NULL)
    AND (line_id IS NOT NULL OR (subject_id IS NULL AND subscriber_id IS NULL))),
  ADD CONSTRAINT support_case_about CHECK (kind <> 'unrecognised-purchase' OR subject_id IS NOT NULL),
  ADD CONSTRAINT support_case_state CHECK (state IN ('open', 'in-progress', 'waiting-subscriber', 'waiting-company', 'closed')),
  ADD CONSTRAINT support_case_taken CHECK (state IN ('open', 'closed') OR assigned_to IS NOT NULL),
  ADD CONSTRAINT support_case_outcome CHECK (outcome IN ('recognised', 'withdrawn', 'explained', 'stopped', 'referred', 'merged')),
  ADD CONSTRAINT support_case_merged CHECK ((outcome <=> 'merged') = (merged_into IS NOT NULL) AND (merged_into IS NULL OR merged_into <> number)),
  ADD CONSTRAINT support_case_target FOREIGN KEY (merged_into) REFERENCES support_case (number),
  ADD CONSTRAINT support_case_asks_company CHECK (state <> 'waiting-company' OR (company_due_at IS NOT NULL AND company_id IS NOT NULL)),
  ADD CONSTRAINT support_case_answered CHECK ((answered_at IS NULL) = (answered_by IS NULL));

UPDATE support_case c
  JOIN (SELECT e.case_number, e.at, e.author FROM case_event e
    JOIN (SELECT case_number, MIN(sequence) AS first FROM case_event
      WHERE is_public AND author LIKE 'staff:%' GROUP BY case_number) f
      ON f.case_number = e.case_number AND f.first = e.sequence) a ON a.case_number = c.number
  SET c.answered_at = a.at, c.answered_by = a.author;

-- Where a case stands in the queue, and until when something has to happen: the first answer, or the company's.
ALTER TABLE support_case
  ADD COLUMN queue VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin AS (CASE state WHEN 'open' THEN 'open' WHEN 'in-progress' THEN 'working'
    WHEN 'closed' THEN 'closed' ELSE 'waiting' END) PERSISTENT,
  ADD COLUMN due_at DATETIME(3) AS (CASE WHEN state = 'closed' THEN NULL
    WHEN answered_at IS NOT NULL THEN IF(state = 'waiting-company', company_due_at, NULL)
    WHEN state = 'waiting-company' THEN LEAST(COALESCE(answer_due_at, company_due_at), company_due_at)
    ELSE answer_due_at END) PERSISTENT,
  ADD INDEX support_case_of_queue (queue, number),
  ADD INDEX support_case_of_colleague (assigned_to, is_open, number),
  ADD INDEX support_case_due (due_at, number),
  ADD INDEX support_case_by_time (opened_at, answered_at, answered_by, answer_due_at);

CREATE TRIGGER support_case_is_final BEFORE UPDATE ON support_case FOR EACH ROW
  IF OLD.state = 'closed' AND NOT (NEW.state = 'in-progress' AND OLD.outcome <> 'merged' AND NEW.outcome IS NULL AND NEW.closed_at IS NULL) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'support_case_is_final: a closed case does not change, unless a person takes it up again';
  ELSEIF NOT (NEW.number <=> OLD.number AND NEW.kind <=> OLD.kind AND NEW.subject_kind <=> OLD.subject_kind
      AND NEW.subject_id <=> OLD.subject_id AND NEW.company_id <=> OLD.company_id AND NEW.service_id <=> OLD.service_id
      AND NEW.subscriber_id <=> OLD.subscriber_id AND NEW.opened_at <=> OLD.opened_at AND NEW.answer_due_at <=> OLD.answer_due_at
      AND (OLD.line_id IS NULL OR (NEW.line_id <=> OLD.line_id AND NEW.holder_from <=> OLD.holder_from))
      AND (OLD.answered_at IS NULL OR (NEW.answered_at <=> OLD.answered_at AND NEW.answered_by <=> OLD.answered_by))) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'support_case_keeps_subject: a case keeps its number, its purchase, its line and its first answer';
  ELSEIF NEW.outcome <=> 'merged' AND NOT EXISTS (SELECT 1 FROM support_case t WHERE t.number = NEW.merged_into
      AND t.state <> 'closed' AND t.line_id = NEW.line_id AND t.holder_from = NEW.holder_from) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'support_case_merges_open: a case is merged into an open one of the same line and holder';
  END IF;

-- `refers_to`: the colleague, the other case, or the enquiry to the company.
ALTER TABLE case_event
  ADD COLUMN refers_to VARCHAR(100) NULL,
  DROP CONSTRAINT case_event_kind,
  DROP CONSTRAINT case_event_text;

ALTER TABLE case_event
  ADD CONSTRAINT case_event_kind CHECK (kind IN ('opened', 'taken', 'given', 'noted', 'asked', 'mailed', 'received', 'handed', 'answered',
    'merged', 'joined', 'placed', 'reopened', 'closed')),
  ADD CONSTRAINT case_event_text CHECK (text IS NOT NULL OR kind NOT IN ('noted', 'asked', 'mailed', 'received', 'handed', 'answered')),
  ADD CONSTRAINT case_event_refers CHECK ((refers_to IS NOT NULL) = (kind IN ('given', 'handed', 'answered', 'merged', 'joined', 'placed')));

-- The support centre asks a company about a case: nobody of the line has written, and nobody of the line reads it.
ALTER TABLE enquiry
  MODIFY subscriber_id INT UNSIGNED NULL,
  ADD COLUMN case_number CHAR(13) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD CONSTRAINT enquiry_of_case UNIQUE (case_number),
  ADD CONSTRAINT enquiry_case FOREIGN KEY (case_number) REFERENCES support_case (number),
  ADD CONSTRAINT enquiry_writer CHECK ((subscriber_id IS NULL) = (case_number IS NOT NULL));

ALTER TABLE enquiry_message DROP CONSTRAINT enquiry_message_author;

ALTER TABLE enquiry_message
  ADD CONSTRAINT enquiry_message_author CHECK (
    (author = 'subscriber' AND subscriber_id IS NOT NULL AND link_id IS NULL)
    OR (author = 'support' AND subscriber_id IS NULL AND link_id IS NULL)
    OR (author = 'company' AND link_id IS NOT NULL AND subscriber_id IS NULL));
