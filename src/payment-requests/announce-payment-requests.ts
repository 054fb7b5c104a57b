import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { getGoods } from '../companies/goods.queries.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { findHolderMailbox } from '../safeguards/holder-mailbox.ts';
import { businessDateOf, startOfBusinessDate } from '../shared/business-date.rules.ts';
import { publicId } from '../shared/public-id.rules.ts';
import { isHidden, safeguardsOf } from './own-payment-requests.queries.ts';
import type { PaymentRequest } from './payment-request.entity.ts';

/** Requests that one transaction announces. */
const CHUNK = 50;

/** Mails that a line has of one company on a business date; further requests are on the line's pages alone. */
const MAX_MAILS_PER_DAY = 3;

/**
 * Writes to the addressees of new requests. It happens here and not when a request is created, so that creating one takes as long
 * whether or not anybody is there. Two at the same time share the work. Returns how many requests were looked at.
 */
export async function announcePaymentRequests(
  deps: Deps,
  actor: Actor,
  { stopping }: { readonly stopping: AbortSignal },
): Promise<number> {
  authorize(actor, 'payment-requests:announce');
  let announced = 0;
  while (!stopping.aborted) {
    const done = await inTransaction(deps, announceChunk);
    announced += done;
    if (done < CHUNK) break;
  }
  return announced;
}

type NewRequest = Pick<
  PaymentRequest,
  | 'id'
  | 'companyId'
  | 'serviceId'
  | 'state'
  | 'amountMinor'
  | 'description'
  | 'openUntil'
  | 'lineId'
  | 'holderFrom'
  | 'subscriberId'
>;

async function announceChunk(tx: InTransaction<Deps>): Promise<number> {
  const sql = sqlOf(tx.em);
  const now = tx.clock.now();
  const found = await sql
    .selectFrom('payment_request')
    .select(['id', 'companyId', 'serviceId', 'state', 'amountMinor', 'description', 'openUntil'])
    .select(['lineId', 'holderFrom', 'subscriberId'])
    .where('announcedAt', 'is', null)
    .orderBy('id')
    .limit(CHUNK)
    .forUpdate()
    .skipLocked()
    .execute();
  if (found.length === 0) return 0;
  for (const request of found) {
    if (request.state === 'pending' && request.openUntil! > now) await announce(tx, request);
    await sql.updateTable('payment_request').set({ announcedAt: now }).where('id', '=', request.id).execute();
  }
  return found.length;
}

async function announce(tx: InTransaction<Deps>, request: NewRequest): Promise<void> {
  const { id, lineId, holderFrom, subscriberId, serviceId, description, openUntil } = request;
  if (lineId == null || holderFrom == null) return;
  const tenure = { lineId, holderFrom };
  const mailbox = await findHolderMailbox(tx, tenure);
  if (!mailbox) return;
  const reader = subscriberId ?? mailbox.subscriberId ?? 0;
  const safeguards = await safeguardsOf(tx, tenure);
  if (isHidden(request, { subscriberId: reader, safeguards })) return;
  if ((await countToday(tx, request)) >= MAX_MAILS_PER_DAY) return;
  const requestNumber = publicId('payment-request', id);
  // The mail is the holder's; what one other ID is asked, that ID alone can open.
  const isOfAnother = subscriberId != null && subscriberId !== mailbox.subscriberId;
  await queueMail(tx, {
    kind: 'payment-request',
    ...mailbox,
    dedupeKey: `payment-request:${requestNumber}`,
    facts: {
      ...(await getGoods(tx, serviceId)),
      description,
      requestNumber,
      amountMinor: request.amountMinor,
      who: isOfAnother ? await getDisplayName(tx, subscriberId) : null,
      openUntil: openUntil!,
      url: `${tx.config.publicOrigin}/my/payment-requests/${requestNumber}`,
    },
  });
}

/** Requests of the company to the line that were announced on this business date. */
async function countToday(tx: InTransaction<Deps>, { companyId, lineId, holderFrom }: NewRequest) {
  const { timeZone } = tx.config;
  const since = startOfBusinessDate(businessDateOf(tx.clock.now(), timeZone), timeZone);
  const { count } = await sqlOf(tx.em)
    .selectFrom('payment_request')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('lineId', '=', lineId!)
    .where('holderFrom', '=', holderFrom!)
    .where('companyId', '=', companyId)
    .where('announcedAt', '>=', since)
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function getDisplayName(tx: InTransaction<Deps>, subscriberId: number): Promise<string> {
  const { displayName } = await sqlOf(tx.em)
    .selectFrom('subscriber')
    .select('displayName')
    .where('id', '=', subscriberId)
    .executeTakeFirstOrThrow();
  return displayName;
}
