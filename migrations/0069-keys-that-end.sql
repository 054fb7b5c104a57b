-- A key can be replaced while it still works for some hours, and be used from some addresses only.
ALTER TABLE api_key
  MODIFY COLUMN scopes VARCHAR(480) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ADD COLUMN ends_at DATETIME(3) NULL,
  ADD COLUMN successor_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN allowed_addresses VARCHAR(2400) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD CONSTRAINT api_key_successor_once UNIQUE (successor_id),
  ADD CONSTRAINT api_key_successor FOREIGN KEY (successor_id) REFERENCES api_key (id),
  ADD CONSTRAINT api_key_replaced CHECK ((successor_id IS NULL) = (ends_at IS NULL));

DROP TRIGGER api_key_is_final;

-- A key is issued once, replaced once and revoked once; its end comes no later.
CREATE TRIGGER api_key_is_final BEFORE UPDATE ON api_key FOR EACH ROW
  IF OLD.revoked_at IS NOT NULL OR (NEW.id, NEW.company_id, NEW.secret_hash, NEW.scopes, NEW.created_at)
      <> (OLD.id, OLD.company_id, OLD.secret_hash, OLD.scopes, OLD.created_at)
      OR (OLD.ends_at IS NOT NULL AND NOT (NEW.ends_at <=> OLD.ends_at AND NEW.successor_id <=> OLD.successor_id)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'api_key_is_final: another key is another row';
  END IF;
