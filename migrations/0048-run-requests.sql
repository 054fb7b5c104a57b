-- What people ask of the nights on pages: to run a job, or all of a night, for a business date. A process that runs the timetable
-- takes it, so it survives the process of the page. At most one request of a job and date is open.
CREATE TABLE run_request (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  job VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  business_date DATE NOT NULL,
  state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  outcome VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NULL,
  requested_by VARCHAR(80) NOT NULL,
  requested_at DATETIME(3) NOT NULL,
  taken_by VARCHAR(120) NULL,
  lease_until DATETIME(3) NULL,
  ended_at DATETIME(3) NULL,
  is_open BOOLEAN AS (IF(state <> 'ended', TRUE, NULL)) PERSISTENT,
  CONSTRAINT run_request_once UNIQUE (job, business_date, is_open),
  CONSTRAINT run_request_state CHECK (state IN ('waiting', 'taken', 'ended')),
  CONSTRAINT run_request_outcome CHECK (outcome IS NULL OR outcome IN ('done', 'parked', 'failed', 'stopped')),
  CONSTRAINT run_request_ended CHECK ((state = 'ended') = (ended_at IS NOT NULL) AND (state = 'ended') = (outcome IS NOT NULL)),
  CONSTRAINT run_request_taken CHECK ((state = 'taken') = (lease_until IS NOT NULL))
);
CREATE INDEX run_request_open ON run_request (state, id);

-- A person has stopped the run of a job: it ends after its chunk, and no process begins it again until the row is gone.
CREATE TABLE run_stop (
  job VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  business_date DATE NOT NULL,
  stopped_by VARCHAR(80) NOT NULL,
  stopped_at DATETIME(3) NOT NULL,
  PRIMARY KEY (job, business_date)
);
