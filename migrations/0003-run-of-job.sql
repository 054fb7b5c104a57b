-- One business date of a job at a time, whoever asks on whichever node: two nights at once would each find what the
-- other has begun. A run is under way until it finishes, fails, or somebody takes over from a holder that is gone.
UPDATE run SET state = 'failed', error = 'its process is gone', held_by = NULL, lease_token = NULL, lease_until = NULL
WHERE part = '' AND state = 'running' AND lease_until < UTC_TIMESTAMP(3);

ALTER TABLE run
  ADD COLUMN is_under_way BOOLEAN AS (IF(part = '' AND state = 'running' AND held_by IS NOT NULL, TRUE, NULL)) PERSISTENT,
  ADD CONSTRAINT run_of_job UNIQUE (job, is_under_way);
