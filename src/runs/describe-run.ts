import type { Deps } from '../deps.ts';
import { formatLocalTime } from '../shared/local-time.rules.ts';
import { formatCount } from '../shared/money.ts';
import type { RunOutcome } from './execute-run.ts';
import { listParked, type RunKey } from './run.queries.ts';

const PARKED_SHOWN = 20;

/** The outcome of a run in lines for a person: its counters, and what it parked. */
export async function describeRun(deps: Deps, key: RunKey, outcome: RunOutcome): Promise<string[]> {
  const run = `${key.job} for ${key.businessDate}`;
  if (outcome.kind === 'already-finished') {
    return [
      `${run} has already run (finished ${formatLocalTime(outcome.finishedAt, deps.config.timeZone)}): nothing to do`,
    ];
  }
  if (outcome.kind === 'held') {
    const { businessDate, heldBy, since } = outcome;
    const waits = businessDate === key.businessDate ? '' : `${run} has to wait: `;
    return [
      `${waits}${key.job} for ${businessDate} is being run by ${heldBy} since ${formatLocalTime(since, deps.config.timeZone)}`,
    ];
  }
  return [describeManifest(run, outcome), ...(await describeParked(deps, key, outcome.counts.parked))];
}

function describeManifest(run: string, outcome: RunOutcome & { kind: 'finished' }): string {
  const { expected, done, skipped, parked } = outcome.counts;
  const attempts = outcome.attempt > 1 ? `, attempt ${outcome.attempt}` : '';
  const seconds = (outcome.elapsedMs / 1000).toFixed(1);
  return (
    `${run}: expected ${formatCount(expected)} = done ${formatCount(done)} + skipped ${formatCount(skipped)}` +
    ` + parked ${formatCount(parked)}, in ${seconds} s${attempts}`
  );
}

async function describeParked(deps: Deps, key: RunKey, parked: number): Promise<string[]> {
  if (parked === 0) return [];
  const rows = await listParked(deps, key, PARKED_SHOWN + 1);
  const shown = rows.slice(0, PARKED_SHOWN).map(({ subject, reason }) => `  parked ${subject}: ${reason}`);
  return rows.length > PARKED_SHOWN ? [...shown, '  and more: see the table "parked"'] : shown;
}
