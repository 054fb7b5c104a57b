-- Where companies want their events sent. Secrets are encrypted, because each message is signed with them.
CREATE TABLE webhook_endpoint (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  company_id INT UNSIGNED NOT NULL,
  -- Counts the endpoints that a company has; none once deleted.
  slot TINYINT UNSIGNED NULL,
  url VARCHAR(1000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  description VARCHAR(120) NULL,
  event_types LONGTEXT NULL,
  secret VARCHAR(300) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  previous_secret VARCHAR(300) CHARACTER SET ascii COLLATE ascii_bin NULL,
  previous_secret_until DATETIME(3) NULL,
  signing_key VARCHAR(300) CHARACTER SET ascii COLLATE ascii_bin NULL,
  public_key VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state_reason VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
  state_changed_at DATETIME(3) NOT NULL,
  -- Events up to this number have their deliveries.
  considered_sequence BIGINT UNSIGNED NOT NULL,
  failures SMALLINT UNSIGNED NOT NULL,
  failing_since DATETIME(3) NULL,
  last_succeeded_at DATETIME(3) NULL,
  paused_until DATETIME(3) NULL,
  lease_owner CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  lease_until DATETIME(3) NULL,
  created_at DATETIME(3) NOT NULL,
  INDEX webhook_endpoint_of_company (company_id, id),
  CONSTRAINT webhook_endpoint_slot UNIQUE (company_id, slot),
  CONSTRAINT webhook_endpoint_company FOREIGN KEY (company_id) REFERENCES company (id),
  CONSTRAINT webhook_endpoint_slots CHECK (slot BETWEEN 1 AND 20),
  CONSTRAINT webhook_endpoint_state CHECK (state IN ('enabled', 'disabled', 'deleted')),
  CONSTRAINT webhook_endpoint_reason CHECK ((state = 'disabled') = (state_reason IS NOT NULL)),
  CONSTRAINT webhook_endpoint_deleted CHECK ((state = 'deleted') = (slot IS NULL)),
  CONSTRAINT webhook_endpoint_overlap CHECK ((previous_secret IS NULL) = (previous_secret_until IS NULL)),
  CONSTRAINT webhook_endpoint_key CHECK ((signing_key IS NULL) = (public_key IS NULL)),
  CONSTRAINT webhook_endpoint_leased CHECK ((lease_owner IS NULL) = (lease_until IS NULL)),
  CONSTRAINT webhook_endpoint_types CHECK (event_types IS NULL OR JSON_VALID(event_types))
);

-- One event for one endpoint. `once_event` names it for the first delivery alone: a replay is another delivery, a second first one none.
CREATE TABLE webhook_delivery (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  endpoint_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  event_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  once_event CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  attempts SMALLINT UNSIGNED NOT NULL,
  created_at DATETIME(3) NOT NULL,
  next_attempt_at DATETIME(3) NOT NULL,
  finished_at DATETIME(3) NULL,
  lease_owner CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  lease_until DATETIME(3) NULL,
  INDEX webhook_delivery_due (state, next_attempt_at, endpoint_id),
  INDEX webhook_delivery_of_endpoint (endpoint_id, state, next_attempt_at),
  INDEX webhook_delivery_listed (endpoint_id, id),
  INDEX webhook_delivery_of_event (event_id, endpoint_id),
  INDEX webhook_delivery_finished (finished_at),
  CONSTRAINT webhook_delivery_once UNIQUE (endpoint_id, once_event),
  CONSTRAINT webhook_delivery_endpoint FOREIGN KEY (endpoint_id) REFERENCES webhook_endpoint (id),
  CONSTRAINT webhook_delivery_event FOREIGN KEY (event_id) REFERENCES published_event (id),
  CONSTRAINT webhook_delivery_kind CHECK (kind IN ('event', 'replay', 'test')),
  CONSTRAINT webhook_delivery_names CHECK ((kind = 'test') = (event_id IS NULL)),
  CONSTRAINT webhook_delivery_first CHECK ((kind = 'event') = (once_event IS NOT NULL)),
  CONSTRAINT webhook_delivery_same CHECK (once_event IS NULL OR once_event = event_id),
  CONSTRAINT webhook_delivery_state CHECK (state IN ('pending', 'succeeded', 'failed', 'cancelled')),
  CONSTRAINT webhook_delivery_over CHECK ((state = 'pending') = (finished_at IS NULL)),
  CONSTRAINT webhook_delivery_leased CHECK ((lease_owner IS NULL) = (lease_until IS NULL)),
  CONSTRAINT webhook_delivery_lease_waits CHECK (lease_owner IS NULL OR state = 'pending')
);

CREATE TRIGGER webhook_delivery_ends_once BEFORE UPDATE ON webhook_delivery FOR EACH ROW
  IF OLD.state <> 'pending' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'webhook_delivery_ends_once: what was delivered or given up stays so';
  END IF;

-- Each attempt, as its company reads it for 30 days.
CREATE TABLE webhook_attempt (
  delivery_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  number SMALLINT UNSIGNED NOT NULL,
  started_at DATETIME(3) NOT NULL,
  duration_ms INT UNSIGNED NOT NULL,
  status SMALLINT UNSIGNED NULL,
  error VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL,
  response VARCHAR(1024) NULL,
  PRIMARY KEY (delivery_id, number),
  INDEX webhook_attempt_started (started_at),
  CONSTRAINT webhook_attempt_says CHECK (status IS NOT NULL OR error IS NOT NULL)
);

-- A request to send again, worked through in the order of the events.
CREATE TABLE webhook_replay (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  endpoint_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  next_sequence BIGINT UNSIGNED NOT NULL,
  through_sequence BIGINT UNSIGNED NOT NULL,
  only_missed BOOLEAN NOT NULL,
  requested_at DATETIME(3) NOT NULL,
  finished_at DATETIME(3) NULL,
  INDEX webhook_replay_waiting (finished_at, id),
  CONSTRAINT webhook_replay_endpoint FOREIGN KEY (endpoint_id) REFERENCES webhook_endpoint (id)
);
