-- Signed requests (RFC 9421): the public keys of companies, the nonces that were used, and who has to sign.
ALTER TABLE contract ADD COLUMN signed_requests BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE api_key ADD COLUMN requires_signature BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE signing_key (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  company_id INT UNSIGNED NOT NULL,
  label VARCHAR(60) NOT NULL,
  algorithm VARCHAR(14) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  public_key VARCHAR(1200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  fingerprint CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(3) NOT NULL,
  revoked_at DATETIME(3) NULL,
  -- A key that was revoked is never registered again.
  CONSTRAINT signing_key_once UNIQUE (company_id, fingerprint),
  CONSTRAINT signing_key_company FOREIGN KEY (company_id) REFERENCES company (id),
  CONSTRAINT signing_key_algorithm CHECK (algorithm IN ('ed25519', 'rsa-pss-sha512'))
);

CREATE TRIGGER signing_key_is_final BEFORE UPDATE ON signing_key FOR EACH ROW
  IF OLD.revoked_at IS NOT NULL OR (NEW.id, NEW.company_id, NEW.label, NEW.algorithm, NEW.public_key, NEW.fingerprint, NEW.created_at)
      <> (OLD.id, OLD.company_id, OLD.label, OLD.algorithm, OLD.public_key, OLD.fingerprint, OLD.created_at) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'signing_key_is_final: another key is another row';
  END IF;

-- A nonce of a key is taken once. Rows are removed when their signature is too old to be accepted.
CREATE TABLE signature_nonce (
  signing_key_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  nonce_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  expires_at DATETIME(3) NOT NULL,
  PRIMARY KEY (signing_key_id, nonce_hash),
  INDEX signature_nonce_expiry (expires_at)
);
