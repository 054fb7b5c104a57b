-- What a subscriber writes to a company about a purchase, and what the company answers. Mails carry the texts; the rows are the
-- record of both sides, and nothing of them changes.
CREATE TABLE enquiry (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  subject_kind VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  company_id INT UNSIGNED NOT NULL,
  service_id INT UNSIGNED NOT NULL,
  subscriber_id INT UNSIGNED NOT NULL,
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  holder_from DATE NOT NULL,
  topic VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(3) NOT NULL,
  INDEX enquiry_of_subscriber (subscriber_id, id),
  INDEX enquiry_of_tenure (line_id, holder_from, id),
  INDEX enquiry_of_company (company_id, id),
  INDEX enquiry_of_purchase (subject_id, id),
  CONSTRAINT enquiry_service FOREIGN KEY (service_id) REFERENCES service (id),
  CONSTRAINT enquiry_subscriber FOREIGN KEY (subscriber_id) REFERENCES subscriber (id),
  CONSTRAINT enquiry_subject CHECK (subject_kind IN ('charge', 'subscription', 'consent')),
  CONSTRAINT enquiry_topic CHECK (topic IN ('usage', 'amount', 'cancellation', 'refund', 'other'))
);

-- The address at which a company answers one mail without an account. Only the hash of its secret is kept.
CREATE TABLE answer_link (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  secret_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  enquiry_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(3) NOT NULL,
  expires_at DATETIME(3) NOT NULL,
  INDEX answer_link_of_enquiry (enquiry_id, id),
  CONSTRAINT answer_link_enquiry FOREIGN KEY (enquiry_id) REFERENCES enquiry (id),
  CONSTRAINT answer_link_expires CHECK (expires_at > created_at)
);

CREATE TABLE enquiry_message (
  enquiry_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  number SMALLINT UNSIGNED NOT NULL,
  author VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subscriber_id INT UNSIGNED NULL,
  link_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  text VARCHAR(2000) NOT NULL,
  sent_at DATETIME(3) NOT NULL,
  PRIMARY KEY (enquiry_id, number),
  INDEX enquiry_message_of_link (link_id, number),
  CONSTRAINT enquiry_message_enquiry FOREIGN KEY (enquiry_id) REFERENCES enquiry (id),
  CONSTRAINT enquiry_message_subscriber FOREIGN KEY (subscriber_id) REFERENCES subscriber (id),
  CONSTRAINT enquiry_message_link FOREIGN KEY (link_id) REFERENCES answer_link (id),
  CONSTRAINT enquiry_message_text CHECK (CHAR_LENGTH(text) >= 1),
  CONSTRAINT enquiry_message_bound CHECK (number BETWEEN 1 AND 200),
  CONSTRAINT enquiry_message_author CHECK (
    (author = 'subscriber' AND subscriber_id IS NOT NULL AND link_id IS NULL)
    OR (author = 'company' AND link_id IS NOT NULL AND subscriber_id IS NULL))
);

-- How many messages were written in a window of time: by a subscriber, about a purchase, to a company, to the support centre.
CREATE TABLE contact_quota (
  scope VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  starts_at DATETIME(3) NOT NULL,
  used SMALLINT UNSIGNED NOT NULL,
  PRIMARY KEY (scope, subject, starts_at),
  INDEX contact_quota_to_purge (starts_at),
  CONSTRAINT contact_quota_scope CHECK (scope IN ('subscriber', 'purchase', 'company', 'support'))
);

CREATE TRIGGER enquiry_is_final BEFORE UPDATE ON enquiry FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'enquiry_is_final: what was written does not change';

CREATE TRIGGER enquiry_stays BEFORE DELETE ON enquiry FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'enquiry_stays: what was written is kept with the purchase';

CREATE TRIGGER answer_link_is_final BEFORE UPDATE ON answer_link FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'answer_link_is_final: a link is valid as long as its mail says';

CREATE TRIGGER answer_link_stays BEFORE DELETE ON answer_link FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'answer_link_stays: an answer names the link by which it came';

CREATE TRIGGER enquiry_message_by_its_link BEFORE INSERT ON enquiry_message FOR EACH ROW
  IF NEW.link_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM answer_link a
      WHERE a.id = NEW.link_id AND a.enquiry_id = NEW.enquiry_id AND NEW.sent_at < a.expires_at) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'enquiry_message_by_its_link: a company answers by a valid link of the same enquiry';
  END IF;

CREATE TRIGGER enquiry_message_is_final BEFORE UPDATE ON enquiry_message FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'enquiry_message_is_final: what was written does not change';

CREATE TRIGGER enquiry_message_stays BEFORE DELETE ON enquiry_message FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'enquiry_message_stays: what was written is kept with the purchase';

-- The newest number of the cases of a year.
CREATE TABLE case_number (
  year SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
  newest INT UNSIGNED NOT NULL,
  CONSTRAINT case_number_range CHECK (newest BETWEEN 1 AND 999999)
);

-- A case at the support centre. At most one about a purchase is open: its key is TRUE or NULL.
CREATE TABLE support_case (
  number CHAR(13) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  kind VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject_kind VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  company_id INT UNSIGNED NOT NULL,
  service_id INT UNSIGNED NOT NULL,
  subscriber_id INT UNSIGNED NOT NULL,
  line_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  holder_from DATE NOT NULL,
  state VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  assigned_to VARCHAR(100) NULL,
  outcome VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL,
  opened_at DATETIME(3) NOT NULL,
  closed_at DATETIME(3) NULL,
  is_open BOOLEAN AS (IF(state <> 'closed', TRUE, NULL)) PERSISTENT,
  INDEX support_case_of_state (state, number),
  INDEX support_case_of_person (assigned_to, state, number),
  INDEX support_case_of_subscriber (subscriber_id, number),
  INDEX support_case_of_tenure (line_id, holder_from, number),
  CONSTRAINT support_case_open_once UNIQUE (subject_id, is_open),
  CONSTRAINT support_case_service FOREIGN KEY (service_id) REFERENCES service (id),
  CONSTRAINT support_case_subscriber FOREIGN KEY (subscriber_id) REFERENCES subscriber (id),
  CONSTRAINT support_case_number CHECK (number REGEXP '^C-[0-9]{4}-[0-9]{6}$'),
  CONSTRAINT support_case_kind CHECK (kind = 'unrecognised-purchase'),
  CONSTRAINT support_case_subject CHECK (subject_kind IN ('charge', 'subscription', 'consent')),
  CONSTRAINT support_case_state CHECK (state IN ('open', 'in-progress', 'waiting-subscriber', 'closed')),
  CONSTRAINT support_case_closed CHECK ((state = 'closed') = (outcome IS NOT NULL AND closed_at IS NOT NULL)),
  CONSTRAINT support_case_taken CHECK (state NOT IN ('in-progress', 'waiting-subscriber') OR assigned_to IS NOT NULL),
  CONSTRAINT support_case_outcome CHECK (outcome IN ('recognised', 'withdrawn', 'explained', 'stopped', 'referred'))
);

-- What happened to a case, in order. Rows that are not public are the carrier's own notes.
CREATE TABLE case_event (
  case_number CHAR(13) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sequence SMALLINT UNSIGNED NOT NULL,
  kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  author VARCHAR(100) NOT NULL,
  is_public BOOLEAN NOT NULL,
  state VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  text VARCHAR(2000) NULL,
  at DATETIME(3) NOT NULL,
  PRIMARY KEY (case_number, sequence),
  CONSTRAINT case_event_case FOREIGN KEY (case_number) REFERENCES support_case (number),
  CONSTRAINT case_event_kind CHECK (kind IN ('opened', 'taken', 'noted', 'asked', 'closed')),
  CONSTRAINT case_event_text CHECK (text IS NOT NULL OR kind IN ('opened', 'taken', 'closed')),
  CONSTRAINT case_event_bound CHECK (sequence BETWEEN 1 AND 500)
);

CREATE TRIGGER support_case_is_final BEFORE UPDATE ON support_case FOR EACH ROW
  IF OLD.state = 'closed' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'support_case_is_final: a closed case does not change';
  ELSEIF (NEW.number, NEW.kind, NEW.subject_kind, NEW.subject_id, NEW.company_id, NEW.service_id, NEW.subscriber_id, NEW.line_id,
      NEW.holder_from, NEW.opened_at)
    <> (OLD.number, OLD.kind, OLD.subject_kind, OLD.subject_id, OLD.company_id, OLD.service_id, OLD.subscriber_id, OLD.line_id,
      OLD.holder_from, OLD.opened_at) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'support_case_keeps_subject: a case keeps its number and its purchase';
  END IF;

CREATE TRIGGER support_case_stays BEFORE DELETE ON support_case FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'support_case_stays: a case is closed and never removed';

CREATE TRIGGER case_event_is_final BEFORE UPDATE ON case_event FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'case_event_is_final: what has happened does not change';

CREATE TRIGGER case_event_stays BEFORE DELETE ON case_event FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'case_event_stays: what has happened is not forgotten';
