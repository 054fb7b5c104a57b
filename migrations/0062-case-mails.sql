-- Mails that people sent to the support centre, each once by its Message-ID. The words are in the history of the case; attachments are
-- named and not kept. `is_known`: the sender's address is that of the line's holder.
CREATE TABLE case_mail (
  case_number CHAR(13) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sequence SMALLINT UNSIGNED NOT NULL,
  message_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  from_address VARCHAR(320) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  is_known BOOLEAN NOT NULL,
  subject VARCHAR(200) NOT NULL,
  attachments VARCHAR(1000) NULL,
  received_at DATETIME(3) NOT NULL,
  PRIMARY KEY (case_number, sequence),
  CONSTRAINT case_mail_once UNIQUE (message_hash),
  CONSTRAINT case_mail_event FOREIGN KEY (case_number, sequence) REFERENCES case_event (case_number, sequence)
);

CREATE TRIGGER case_mail_is_final BEFORE UPDATE ON case_mail FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'case_mail_is_final: what was received does not change';
