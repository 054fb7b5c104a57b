import { validOn } from '../database/date-range.sql.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { reasonFacts, type ActReason } from '../access/audit/act-reason.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { invalidInput } from '../shared/check-input.ts';
import { MAX_AMOUNT_MINOR } from '../shared/money.ts';
import { announceSupportLimit } from '../safeguards/announce-change.ts';
import { businessDateOf } from '../shared/business-date.rules.ts';
import { Problem } from '../shared/problem.ts';
import { recordLineChanges } from './record-line-changes.ts';

export interface SetLineLimit {
  readonly lineId: string;
  /** What the line may spend in a billing period, in minor units; null: only the carrier's own limit applies. */
  readonly limitMinor: bigint | null;
  /** On whose word, and why; the audit row keeps it. */
  readonly reason?: ActReason | undefined;
}

/**
 * Sets what a line may spend in a billing period; replaces an earlier limit.
 * @throws Problem `invalid-request`, `line-not-found`
 */
export async function setLineLimit(
  deps: Deps,
  actor: Actor,
  { lineId, limitMinor, reason }: SetLineLimit,
): Promise<void> {
  authorize(actor, 'lines:limit');
  assertLimit(limitMinor);
  const said = reasonFacts(reason);
  await inTransaction(deps, async (tx) => {
    const line = await sqlOf(tx.em)
      .selectFrom('line')
      .select('monthlyLimitMinor')
      .where('lineId', '=', lineId)
      .forUpdate()
      .executeTakeFirst();
    if (!line) throw new Problem('line-not-found');
    await sqlOf(tx.em)
      .updateTable('line')
      .set({ monthlyLimitMinor: limitMinor, updatedAt: tx.clock.now() })
      .where('lineId', '=', lineId)
      .execute();
    const facts = { before: write(line.monthlyLimitMinor), limit: write(limitMinor), ...said };
    await recordLineChanges(
      tx,
      { actor: actorName(actor), action: 'line.limit', subject: `line:${lineId}`, facts },
      [lineId],
    );
    const businessDate = businessDateOf(tx.clock.now(), tx.config.timeZone);
    const tenure = await sqlOf(tx.em)
      .selectFrom('line_holder')
      .select(['lineId', 'validFrom as holderFrom'])
      .where('lineId', '=', lineId)
      .where(validOn('line_holder', businessDate))
      .executeTakeFirst();
    if (!tenure) return;
    const beforeMinor = line.monthlyLimitMinor;
    const change = { tenure, subscriberId: null, beforeMinor, afterMinor: limitMinor };
    await announceSupportLimit(tx, actor, change);
  });
}

/** @throws Problem `invalid-request` for an invalid limit. */
export function assertLimit(limitMinor: bigint | null): void {
  if (limitMinor === null || (limitMinor >= 0n && limitMinor <= MAX_AMOUNT_MINOR)) return;
  throw invalidInput([{ pointer: '/limitMinor', message: `must be 0 to ${MAX_AMOUNT_MINOR}` }]);
}

const write = (limitMinor: bigint | null) => (limitMinor === null ? null : String(limitMinor));
