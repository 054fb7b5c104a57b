import { endedBy } from '../database/date-range.sql.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { authorizationEnd } from './authorization-end.rules.ts';
import { isUsable } from './entitlement.rules.ts';

/**
 * Ends the open authorizations of lines together with their entitlement, after this transaction has changed the holders of
 * the lines or their status: sets `open_until`, which every reader of a charge uses, to the moment of the loss. An ended
 * authorization stays ended even if the line returns. Uses a key; nearly always there is no such authorization.
 */
export async function shortenAuthorizationsOfLines(
  tx: InTransaction<Deps>,
  lineIds: readonly string[],
): Promise<void> {
  if (lineIds.length === 0) return;
  await shorten(tx, await openAuthorizations(tx).where('o.lineId', 'in', lineIds).execute());
}

/** Like `shortenAuthorizationsOfLines`, for an issued ID that has ended. */
export async function shortenAuthorizationsOfSubscriber(
  tx: InTransaction<Deps>,
  { id, lineId, holderFrom }: { id: number; lineId: string; holderFrom: string },
): Promise<void> {
  const query = openAuthorizations(tx).where('o.lineId', '=', lineId).where('o.holderFrom', '=', holderFrom);
  await shorten(tx, await query.where('o.subscriberId', '=', id).execute());
}

/** Like `shortenAuthorizationsOfLines`, for every entitlement that is lost today without an import or an ended ID. */
export async function shortenLostAuthorizations(tx: InTransaction<Deps>): Promise<void> {
  const businessDate = businessDateOf(tx.clock.now(), tx.config.timeZone);
  const isOver = endedBy('h', businessDate);
  const query = openAuthorizations(tx).where((eb) =>
    eb.or([eb('l.status', '<>', 'active'), eb('p.state', '<>', 'active'), isOver(eb)]),
  );
  await shorten(tx, await query.execute());
}

type OpenAuthorization = Awaited<ReturnType<ReturnType<typeof openAuthorizations>['execute']>>[number];

/** Open authorizations. Charges are not locked: one that is captured in the meantime needs no end. */
function openAuthorizations(tx: InTransaction<Deps>) {
  return sqlOf(tx.em)
    .selectFrom('open_authorization as o')
    .innerJoin('charge as c', 'c.id', 'o.chargeId')
    .innerJoin('line as l', 'l.lineId', 'o.lineId')
    .innerJoin('line_holder as h', (join) =>
      join.onRef('h.lineId', '=', 'o.lineId').onRef('h.validFrom', '=', 'o.holderFrom'),
    )
    .leftJoin('subscriber as p', 'p.id', 'o.subscriberId')
    .select(['o.chargeId', 'c.authorizedAt', 'c.authorizedUntil', 'c.openUntil'])
    .select(['l.status', 'h.validTo', 'p.state'])
    .where('c.openUntil', '>', tx.clock.now())
    .orderBy('o.chargeId');
}

async function shorten(tx: InTransaction<Deps>, open: readonly OpenAuthorization[]): Promise<void> {
  const now = tx.clock.now();
  const { timeZone } = tx.config;
  for (const { chargeId, authorizedAt, authorizedUntil, openUntil, ...entitlement } of open) {
    if (authorizedAt === null || authorizedUntil === null) continue;
    const { status: lineStatus, state, validTo: holderTo } = entitlement;
    const canBuy = isUsable({ lineStatus, subscriberState: state ?? 'active' });
    const facts = { authorizedAt, authorizedUntil, holderTo, isUsable: canBuy };
    const until = authorizationEnd(facts, { now, timeZone });
    if (until.getTime() === openUntil?.getTime()) continue;
    await sqlOf(tx.em)
      .updateTable('charge')
      .set({ openUntil: until })
      .where('id', '=', chargeId)
      .where('state', '=', 'authorized')
      .where('openUntil', '>', now)
      .execute();
  }
}
