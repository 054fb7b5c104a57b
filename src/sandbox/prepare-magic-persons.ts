import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { replaceFailures } from '../identity/sign-in-lock.ts';
import { HOLD_FAILURES } from '../identity/sign-in-lock.rules.ts';
import { recordLineChanges } from '../lines/record-line-changes.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { MAGIC_CHILD_YEARS, magicPersons } from './magic-persons.ts';

/** Longer than a world lives. */
const LOCKED_YEARS = 20;
const DAY_MS = 24 * 60 * 60_000;

/** What magic persons have by the date and the secret of their world: the lock of an ID and the age of a child. */
export async function prepareMagicPersons(deps: Deps): Promise<void> {
  const now = deps.clock.now();
  const today = businessDateOf(now, deps.config.timeZone);
  await inTransaction(deps, async (tx) => {
    for (const { outcome, issuedId, lineId } of magicPersons) {
      if (outcome === 'id-locked') {
        const lockedUntil = new Date(now.getTime() + LOCKED_YEARS * 365 * DAY_MS);
        const count = { failures: HOLD_FAILURES, firstFailedAt: now, lockedUntil };
        await replaceFailures(tx, { scope: 'id', key: issuedId }, count);
      }
      if (outcome === 'child') {
        const birthDate = `${Number(today.slice(0, 4)) - MAGIC_CHILD_YEARS}-01-01`;
        await sqlOf(tx.em)
          .updateTable('line_holder')
          .set({ birthDate })
          .where('lineId', '=', lineId)
          .execute();
        const audit = { actor: 'job:sandbox', action: 'sandbox.child', subject: `line:${lineId}` };
        await recordLineChanges(tx, audit, [lineId]);
      }
    }
  });
}
