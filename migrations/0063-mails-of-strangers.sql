-- Mails of addresses that no holder has are counted together: made-up senders do not use up the numbers of a year.
ALTER TABLE contact_quota DROP CONSTRAINT contact_quota_scope;

ALTER TABLE contact_quota
  ADD CONSTRAINT contact_quota_scope CHECK (scope IN ('subscriber', 'purchase', 'company', 'support', 'stranger'));
