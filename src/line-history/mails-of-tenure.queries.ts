import { actorName, type Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { maskMail } from '../personal-data/mask.rules.ts';
import { listRevealed, type TenurePage } from '../personal-data/personal-data.queries.ts';
import { endOfBusinessDate, startOfBusinessDate } from '../shared/business-date.rules.ts';

export type MailOfTenure = Awaited<ReturnType<typeof listMailsOfTenure>>[number];

/**
 * Mails about the issued IDs of a tenure, the newest first, without what is in them. Addresses are masked until the reader has asked
 * to see them. @throws Problem `permission-denied`
 */
export async function listMailsOfTenure(
  deps: Deps,
  actor: Actor,
  { lineId, holderFrom, from, to, limit, after }: TenurePage,
) {
  authorize(actor, 'mails:read');
  const { timeZone } = deps.config;
  const isSeen = (await listRevealed(deps, { by: actorName(actor), lineId })).has(holderFrom);
  const rows = await sqlOf(emOf(deps))
    .selectFrom('subscriber as u')
    .innerJoin('mail as m', 'm.subscriberId', 'u.id')
    .select(['m.id', 'm.kind', 'm.toAddress', 'm.state', 'm.queuedAt', 'm.sentAt', 'm.lastError'])
    .where('u.lineId', '=', lineId)
    .where('u.holderFrom', '=', holderFrom)
    .$if(from !== undefined, (query) => query.where('m.queuedAt', '>=', startOfBusinessDate(from!, timeZone)))
    .$if(to !== undefined, (query) => query.where('m.queuedAt', '<', endOfBusinessDate(to!, timeZone)))
    .$if(after !== undefined, (query) => query.where('m.id', '<', after!))
    .orderBy('m.id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, toAddress: isSeen ? row.toAddress : maskMail(row.toAddress) }));
}
