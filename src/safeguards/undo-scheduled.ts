import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/business-date.rules.ts';
import { Problem } from '../shared/problem.ts';
import { recordSafeguard } from './record-safeguard.ts';
import { assertInScope, setterOf, type OnBehalf } from './safeguard-scope.ts';
import { scheduledAfter, valueOn } from './safeguard.rules.ts';
import { listTenureRows } from './tenure-safeguards.queries.ts';

/**
 * Takes back a setting that has not begun, by its version: what is in force today is set again, and so stays. Undoing what has
 * been undone or replaced changes nothing. @throws Problem `permission-denied`, `safeguard-not-found`, `subscriber-not-found`.
 */
export async function undoScheduled(
  deps: Deps,
  actor: Actor,
  { version, ...onBehalf }: { readonly version: number } & OnBehalf,
): Promise<void> {
  authorize(actor, 'limits:restrict');
  await inTransaction(deps, async (tx) => {
    const person = await setterOf(tx, actor, onBehalf);
    const businessDate = businessDateOf(tx.clock.now(), tx.config.timeZone);
    const rows = await listTenureRows(tx, person);
    const row = rows.find((known) => known.version === version);
    if (!row || (!person.isHolder && row.subscriberId !== person.subscriberId))
      throw new Problem('safeguard-not-found');
    await assertInScope(tx, person, row.subscriberId);
    if (!scheduledAfter(rows, businessDate).includes(row)) return;
    const { kind, subscriberId, companyId, serviceId } = row;
    const subject = { kind, subscriberId, companyId, serviceId };
    await recordSafeguard(tx, person, { subject, value: valueOn(rows, subject, businessDate) });
  });
}
