import { sql } from 'kysely';
import type { Invariant } from './invariant.types.ts';
import { sqlRule } from './sql-rule.ts';

const manifestBalances = sqlRule('of a finished run, expected = done + skipped + parked', {
  checks: sql`run WHERE state = 'finished'`,
  broken: sql`
    SELECT job, business_date, part, expected, done, skipped, parked, finished_at FROM run
    WHERE state = 'finished' AND (expected <> done + skipped + parked OR finished_at IS NULL)`,
});

// A run that was cut off may park a subject again: it is counted twice and listed once.
const parkedIsListed = sqlRule('what a finished run has parked is listed', {
  checks: sql`run WHERE state = 'finished'`,
  broken: sql`
    SELECT r.job, r.business_date, SUM(r.parked) AS parked, MAX(l.listed) AS listed FROM run r
    LEFT JOIN (SELECT job, business_date, COUNT(*) AS listed FROM parked GROUP BY job, business_date) AS l
      ON l.job = r.job AND l.business_date = r.business_date
    GROUP BY r.job, r.business_date
    HAVING MIN(r.state = 'finished') AND (COALESCE(listed, 0) > parked OR (COALESCE(listed, 0) = 0 AND parked > 0))`,
});

export const manifestsBalance: Invariant = {
  number: 8,
  name: 'Manifest of a run: expected = done + skipped + parked, and what is parked is listed',
  rules: [manifestBalances, parkedIsListed],
};
