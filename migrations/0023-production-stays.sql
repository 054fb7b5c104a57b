-- Whether this database has been used in production. From then on a process in development mode does not open it: there a name on
-- the command line would be enough to propose and to approve.
ALTER TABLE books ADD COLUMN in_production BOOLEAN NOT NULL DEFAULT FALSE;
