-- A case has as many events as its column numbers: one of 500 could not even be closed.
ALTER TABLE case_event DROP CONSTRAINT case_event_bound;

ALTER TABLE case_event ADD CONSTRAINT case_event_bound CHECK (sequence BETWEEN 1 AND 65535);
