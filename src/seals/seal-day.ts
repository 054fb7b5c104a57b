import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { describeResult } from '../invariants/check-invariants-job.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import { reportEvent } from '../security/report-event.ts';
import { addDays } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { writeMissingFiles } from './seal-files.ts';
import { listSeals } from './seal.queries.ts';
import { takeSeal } from './take-seal.ts';
import { verifySeals } from './verify-seals.ts';

/** How far back the night looks whether what was sealed still is as it was; `admin verify` looks at all. */
const DAYS_LOOKED_AT = 1;

/**
 * Takes the seal of the night, gives it to the log and to `FILES_DIR/seals`, and looks whether the last days are still
 * as they were sealed.
 * @throws Problem `seal-broken` after the seal is taken: what somebody changed does not keep the rest from being sealed.
 */
export async function sealDay(deps: Deps, run: RunHandle): Promise<Readonly<Record<string, unknown>>> {
  const seal = await takeSeal(deps, run);
  const seals = await listSeals(emOf(deps));
  const written = await writeMissingFiles(deps.config.filesDir, seals);
  if (written.includes(seal.businessDate)) {
    const { number, businessDate, hash } = seal;
    reportEvent(deps, 'seal.taken', { facts: { number, businessDate, seal: hash } });
    run.report(`seal ${number} of ${businessDate}: ${hash}`);
  }
  const since = addDays(run.businessDate, -DAYS_LOOKED_AT);
  const result = await verifySeals(deps, { since, strangers: false });
  for (const line of describeResult(result)) run.report(line);
  if (!result.holds) {
    const facts = { businessDate: run.businessDate, count: result.offendingCount };
    reportEvent(deps, 'security.seal_broken', { facts });
    throw new Problem('seal-broken', { detail: 'What was sealed is not as it was.' });
  }
  return { seal: seal.hash, number: seal.number };
}
