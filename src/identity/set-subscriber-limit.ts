import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { announceSupportLimit } from '../safeguards/announce-change.ts';
import { assertLimit } from '../lines/set-line-limit.ts';
import { Problem } from '../shared/problem.ts';
import { normaliseIssuedId } from './issued-id.rules.ts';

export interface SetSubscriberLimit {
  readonly issuedId: string;
  /** What the issued ID may spend in a billing period, in minor units; null: no limit of its own. */
  readonly limitMinor: bigint | null;
}

/**
 * Sets the limit of an issued ID; replaces an earlier one.
 * @throws Problem `invalid-request`, `subscriber-not-found`
 */
export async function setSubscriberLimit(deps: Deps, actor: Actor, input: SetSubscriberLimit): Promise<void> {
  authorize(actor, 'subscribers:write');
  const { limitMinor } = input;
  assertLimit(limitMinor);
  const issuedId = normaliseIssuedId(input.issuedId);
  await inTransaction(deps, async (tx) => {
    const row = await sqlOf(tx.em)
      .selectFrom('subscriber')
      .select(['id', 'state', 'monthlyLimitMinor', 'lineId', 'holderFrom'])
      .where('issuedId', '=', issuedId)
      .forUpdate()
      .executeTakeFirst();
    if (row?.state !== 'active') throw new Problem('subscriber-not-found');
    const { id, monthlyLimitMinor } = row;
    await sqlOf(tx.em)
      .updateTable('subscriber')
      .set({ monthlyLimitMinor: limitMinor })
      .where('id', '=', id)
      .execute();
    const facts = { before: write(monthlyLimitMinor), limit: write(limitMinor) };
    const changed = { table: 'subscriber', key: [id] } as const;
    const subject = `subscriber:${id}`;
    await recordAudit(tx, { actor: actorName(actor), action: 'subscriber.limit', subject, facts, changed });
    const { lineId, holderFrom } = row;
    await announceSupportLimit(tx, actor, {
      tenure: { lineId, holderFrom },
      subscriberId: id,
      beforeMinor: monthlyLimitMinor,
      afterMinor: limitMinor,
    });
  });
}

const write = (limitMinor: bigint | null) => (limitMinor === null ? null : String(limitMinor));
