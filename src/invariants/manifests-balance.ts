import { sql } from 'kysely';
import type { Invariant } from './invariant.types.ts';
import { sqlRule } from './sql-rule.ts';

const manifestBalances = sqlRule('of a finished run, expected = done + skipped + parked', {
  checks: sql`run WHERE state = 'finished'`,
  broken: sql`
    SELECT job, business_date, part, expected, done, skipped, parked, finished_at FROM run
    WHERE state = 'finished' AND (expected <> done + skipped + parked OR finished_at IS NULL)`,
});

// An interrupted run may park a subject again: it is then counted twice and listed once.
const parkedIsListed = sqlRule('what a finished run has parked is listed', {
  checks: sql`run WHERE part = '' AND state = 'finished'`,
  broken: sql`
    SELECT r.job, r.business_date, r.parked, l.listed FROM run r
    LEFT JOIN (SELECT job, business_date, COUNT(*) AS listed FROM parked GROUP BY job, business_date) AS l
      ON l.job = r.job AND l.business_date = r.business_date
    WHERE r.part = '' AND r.state = 'finished'
      AND (COALESCE(l.listed, 0) > r.parked OR (l.listed IS NULL AND r.parked > 0))`,
});

const partsAreInTheRun = sqlRule(
  'the parts of a finished run have finished, and its figures have theirs in them',
  {
    checks: sql`run WHERE part <> ''`,
    broken: sql`
    SELECT r.job, r.business_date, p.unfinished, p.done AS done_in_parts, r.done, p.parked AS parked_in_parts, r.parked
    FROM run r
    JOIN (SELECT job, business_date, SUM(state <> 'finished') AS unfinished, SUM(done) AS done, SUM(skipped) AS skipped,
        SUM(parked) AS parked FROM run WHERE part <> '' GROUP BY job, business_date) AS p
      ON p.job = r.job AND p.business_date = r.business_date
    WHERE r.part = '' AND r.state = 'finished'
      AND (p.unfinished > 0 OR p.done > r.done OR p.skipped > r.skipped OR p.parked > r.parked)`,
  },
);

export const manifestsBalance: Invariant = {
  number: 8,
  name: 'Manifest of a run: expected = done + skipped + parked, and what is parked is listed',
  rules: [manifestBalances, parkedIsListed, partsAreInTheRun],
};
