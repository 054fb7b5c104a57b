import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { LineCheck, LineCheckOutcome } from '../radius/line-check.ts';
import { invalidInput } from '../shared/check-input.ts';
import { parseAddress } from '../shared/ip-address.rules.ts';
import { Problem } from '../shared/problem.ts';

/** With the connection to the AAA servers. */
interface CheckingDeps extends Deps {
  readonly lineCheck: Pick<LineCheck, 'check'>;
}

/** What the AAA server said, and how long it took. */
export interface LiveLineCheck {
  readonly lineId: string;
  readonly address: string;
  readonly outcome: LineCheckOutcome;
  readonly tookMs: number;
  readonly at: Date;
}

/**
 * Asks the AAA server now whether a line has an address, as a checkout does. Changes nothing and proves nothing to a checkout; leaves
 * an audit row without the address. A line check ends by itself after its time, so this does; how often somebody asks is bounded by
 * the page.
 * @throws Problem `permission-denied`, `invalid-request`, `line-not-found`
 */
export async function checkLineNow(
  deps: CheckingDeps,
  actor: Actor,
  { lineId, address: typed }: { readonly lineId: string; readonly address: string },
): Promise<LiveLineCheck> {
  authorize(actor, 'lines:check');
  const address = typed.trim();
  if (!parseAddress(address)) throw invalidInput([{ pointer: '/address', message: 'must be an IP address' }]);
  await assertLine(deps, lineId);
  const at = deps.clock.now();
  const startedMs = performance.now();
  const outcome = await deps.lineCheck.check({ lineId, address });
  const tookMs = Math.round(performance.now() - startedMs);
  await inTransaction(deps, (tx) => {
    const facts = { ...outcome, tookMs };
    return recordAudit(tx, {
      actor: actorName(actor),
      action: 'line.check',
      subject: `line:${lineId}`,
      facts,
    });
  });
  return { lineId, address, outcome, tookMs, at };
}

async function assertLine(deps: Deps, lineId: string): Promise<void> {
  const row = await sqlOf(emOf(deps))
    .selectFrom('line')
    .select('lineId')
    .where('lineId', '=', lineId)
    .executeTakeFirst();
  if (!row) throw new Problem('line-not-found');
}
