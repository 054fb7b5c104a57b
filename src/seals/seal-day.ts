import { emOf } from '../database/transaction.ts';
import { jobActor } from '../access/actor.ts';
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

/** How many sealed days the night verifies; `admin verify` verifies all. */
const VERIFIED_DAYS = 1;

/**
 * Takes the seal of the night, writes it to the log and to `FILES_DIR/seals`, and verifies that the last days are
 * unchanged since their seals.
 * @throws Problem `seal-broken` after the seal is taken: a changed row does not prevent the seal of the others.
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
  const since = addDays(run.businessDate, -VERIFIED_DAYS);
  const result = await verifySeals(deps, jobActor(run.job), { since, reportUnsealed: false });
  for (const line of describeResult(result)) run.report(line);
  if (!result.holds) {
    const facts = { businessDate: run.businessDate, count: result.offendingCount };
    reportEvent(deps, 'security.seal_broken', { facts });
    throw new Problem('seal-broken', { detail: 'What was sealed is not as it was.' });
  }
  return { seal: seal.hash, number: seal.number };
}
