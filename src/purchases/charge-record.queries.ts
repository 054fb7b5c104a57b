import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { listPending } from '../access/approvals/approval.queries.ts';
import { effectiveEnding } from '../charges/effective-state.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { nameForReader } from '../personal-data/personal-data.queries.ts';
import { Problem } from '../shared/problem.ts';
import { getPurchaseSeller } from './purchase-seller.queries.ts';

export type ChargeRecord = Awaited<ReturnType<typeof getChargeRecord>>;

/**
 * Everything that is known of one charge, for the carrier's people who speak with its buyer: seller and contact, what the buyer
 * was shown and how person and line were proven, agreement, invoice, refunds, proposals that wait, and cases. Names are masked.
 * @throws Problem `permission-denied`, `charge-not-found`
 */
export async function getChargeRecord(deps: Deps, actor: Actor, chargeId: string) {
  authorize(actor, 'buyers:read');
  const charge = await getRow(deps, chargeId);
  return {
    ...charge,
    ...effectiveEnding(charge, deps.clock.now()),
    seller: await getPurchaseSeller(deps, charge.serviceId),
    buyer: await findBuyer(deps, actor, charge.subscriberId),
    confirmation: await findShown(deps, charge),
    invoice: await findInvoice(deps, chargeId),
    refunds: await listRefundsOf(deps, chargeId),
    proposals: await listPending(deps, `charge:${chargeId}`),
    cases: await listCasesAbout(deps, charge),
  };
}

async function getRow(deps: Deps, id: string) {
  const row = await sqlOf(emOf(deps))
    .selectFrom('charge')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw new Problem('charge-not-found');
  return row;
}

/** The issued ID that bought; undefined while nobody has confirmed. */
async function findBuyer(deps: Deps, actor: Actor, subscriberId: number | null) {
  if (subscriberId === null) return undefined;
  const { displayName, ...row } = await sqlOf(emOf(deps))
    .selectFrom('subscriber')
    .select(['id', 'issuedId', 'displayName', 'isHolder', 'lineId', 'holderFrom'])
    .where('id', '=', subscriberId)
    .executeTakeFirstOrThrow();
  return { ...row, name: await nameForReader(deps, actor, { ...row, name: displayName }) };
}

interface Confirmed {
  readonly id: string;
  readonly subscriptionId: string | null;
  readonly consentId: string | null;
}

/** What was shown and confirmed, of the charge or of the agreement behind it; older ones were not kept. */
async function findShown(deps: Deps, { id, subscriptionId, consentId }: Confirmed) {
  return await sqlOf(emOf(deps))
    .selectFrom('confirmation')
    .select(['subjectKind', 'issuedId', 'amountMinor', 'texts', 'language', 'templateVersion', 'address'])
    .select(['aaaServer', 'aaaAnswer', 'lineProvenAt', 'provenBy', 'confirmedAt'])
    .where('subjectId', '=', subscriptionId ?? consentId ?? id)
    .executeTakeFirst();
}

/** The invoice it is on; its number is there once the month has closed. */
async function findInvoice(deps: Deps, chargeId: string) {
  return await sqlOf(emOf(deps))
    .selectFrom('invoice_item as i')
    .innerJoin('line_invoice as l', (join) =>
      join
        .onRef('l.billingPeriod', '=', 'i.billingPeriod')
        .onRef('l.closingGroup', '=', 'i.closingGroup')
        .onRef('l.lineId', '=', 'i.lineId')
        .onRef('l.holderFrom', '=', 'i.holderFrom'),
    )
    .select(['l.number', 'l.billingPeriod', 'i.amountMinor'])
    .where('i.chargeId', '=', chargeId)
    .where('i.refundId', '=', '')
    .executeTakeFirst();
}

async function listRefundsOf(deps: Deps, chargeId: string) {
  return await sqlOf(emOf(deps))
    .selectFrom('refund')
    .select(['id', 'amountMinor', 'kind', 'businessDate', 'billingPeriod', 'reason', 'note', 'reference'])
    .select(['createdBy', 'createdAt'])
    .where('chargeId', '=', chargeId)
    .orderBy('id')
    .execute();
}

/** Cases about the charge, or about the agreement behind it. */
async function listCasesAbout(deps: Deps, { id, subscriptionId, consentId }: Confirmed) {
  const subjects = [id, subscriptionId, consentId].filter((subject) => subject !== null);
  return await sqlOf(emOf(deps))
    .selectFrom('support_case')
    .select(['number', 'state', 'openedAt', 'closedAt'])
    .where('subjectId', 'in', subjects)
    .orderBy('number', 'desc')
    .execute();
}
