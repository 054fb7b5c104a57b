-- Companies and services change from a day on. What stood on a document of a day is found by it: a version for each day on
-- which a name, an address or a registration began to hold, with the version and digest of the record at that time.
CREATE TABLE party_version (
  kind VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  party_id INT UNSIGNED NOT NULL,
  valid_from DATE NOT NULL,
  record_version INT UNSIGNED NOT NULL,
  record_digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  name VARCHAR(120) NOT NULL,
  name_en VARCHAR(120) NOT NULL,
  address VARCHAR(240) NULL,
  registration_number CHAR(14) CHARACTER SET ascii COLLATE ascii_bin NULL,
  registered_from DATE NULL,
  registered_to DATE NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (kind, party_id, valid_from, record_version),
  CONSTRAINT party_version_kind CHECK (kind IN ('company', 'service')),
  CONSTRAINT party_version_registration CHECK (registration_number REGEXP '^T[0-9]{13}$')
);

INSERT INTO party_version (kind, party_id, valid_from, record_version, record_digest, name, name_en, address, registration_number,
  registered_from, registered_to, created_at)
SELECT 'company', c.id, '2000-01-01', COALESCE(a.record_version, 0), a.record_digest, c.name, c.name_en, c.address, c.registration_number,
  c.registered_from, c.registered_to, UTC_TIMESTAMP(3)
FROM company c
LEFT JOIN audit_entry a ON a.record_table = 'company' AND a.record_key = CONVERT(c.id USING ascii) COLLATE ascii_bin
  AND a.record_version = (SELECT MAX(v.record_version) FROM audit_entry v
    WHERE v.record_table = 'company' AND v.record_key = CONVERT(c.id USING ascii) COLLATE ascii_bin);

INSERT INTO party_version (kind, party_id, valid_from, record_version, record_digest, name, name_en, created_at)
SELECT 'service', s.id, '2000-01-01', COALESCE(a.record_version, 0), a.record_digest, s.name, s.name_en, UTC_TIMESTAMP(3)
FROM service s
LEFT JOIN audit_entry a ON a.record_table = 'service' AND a.record_key = CONVERT(s.id USING ascii) COLLATE ascii_bin
  AND a.record_version = (SELECT MAX(v.record_version) FROM audit_entry v
    WHERE v.record_table = 'service' AND v.record_key = CONVERT(s.id USING ascii) COLLATE ascii_bin);

CREATE TRIGGER party_version_goes_forward BEFORE INSERT ON party_version FOR EACH ROW
  IF EXISTS (SELECT 1 FROM party_version WHERE kind = NEW.kind AND party_id = NEW.party_id
      AND (valid_from > NEW.valid_from OR record_version > NEW.record_version)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'party_version_goes_forward: a later version is there';
  END IF;

CREATE TRIGGER party_version_is_final BEFORE UPDATE ON party_version FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'party_version_is_final: a correction is a new version';

CREATE TRIGGER party_version_stays BEFORE DELETE ON party_version FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'party_version_stays: documents were issued by it';

-- What is to change on a later day; only the fields that change.
CREATE TABLE party_change (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  kind VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  party_id INT UNSIGNED NOT NULL,
  valid_from DATE NOT NULL,
  fields LONGTEXT NOT NULL,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_by VARCHAR(80) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  decided_by VARCHAR(80) NULL,
  decided_at DATETIME(3) NULL,
  -- Why it could not be applied on its day.
  refusal VARCHAR(300) NULL,
  INDEX party_change_due (state, valid_from),
  INDEX party_change_of_party (kind, party_id, id),
  CONSTRAINT party_change_kind CHECK (kind IN ('company', 'service')),
  CONSTRAINT party_change_state CHECK ((state = 'waiting') = (decided_at IS NULL) AND state IN ('waiting', 'applied', 'withdrawn', 'refused')),
  CONSTRAINT party_change_fields CHECK (JSON_VALID(fields))
);

CREATE TRIGGER party_change_is_final BEFORE UPDATE ON party_change FOR EACH ROW
  IF OLD.state <> 'waiting'
    OR (NEW.id, NEW.kind, NEW.party_id, NEW.valid_from, NEW.fields, NEW.created_by, NEW.created_at)
    <> (OLD.id, OLD.kind, OLD.party_id, OLD.valid_from, OLD.fields, OLD.created_by, OLD.created_at) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'party_change_is_final: a change is decided once and never rewritten';
  END IF;

CREATE TRIGGER party_change_stays BEFORE DELETE ON party_change FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'party_change_stays: a change that was planned is never removed';

-- Buyers may be sent back to more than one site of a service.
ALTER TABLE service
  ADD COLUMN more_origins VARCHAR(2600) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD CONSTRAINT service_more_origins CHECK (JSON_VALID(more_origins));
