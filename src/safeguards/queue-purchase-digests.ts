import { encodeTime } from 'ulid';
import { queryRows } from '../database/statement-pipeline.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { queueMails } from '../mails/queue-mail.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import { addMonths, endOfBusinessDate, monthOf, startOfBusinessDate } from '../shared/calendar.rules.ts';
import { composeDigest, type DigestPurchase } from './purchase-digest.rules.ts';
import { findHolderMailboxes, tenureText, type TenureKey } from './holder-mailbox.ts';

const CHUNK = 200;

const START: TenureKey = { lineId: '', holderFrom: '1000-01-01' };

/**
 * Queues one mail a tenure of what it bought on the business date under consents and by subscriptions, for holders who want a
 * mail at every purchase: what the checkout sold has its own. Reads the tenures that want it in the order of their keys, and
 * what their people bought by the index of buyers. The mail's key has the day: a repeated run queues nothing.
 */
export async function queuePurchaseDigests(run: RunHandle): Promise<number> {
  let queued = 0;
  for (let after: TenureKey | undefined = START; after;) {
    const cursor: TenureKey = after;
    const { done, last } = await run.inChunk((tx) => queueChunk(tx, run, cursor));
    run.announce(done);
    queued += done;
    after = last;
  }
  return queued;
}

async function queueChunk(tx: InTransaction<Deps>, run: RunHandle, { lineId, holderFrom }: TenureKey) {
  const limit = run.chunkSize ?? CHUNK;
  const tenures = await queryRows<TenureKey>(
    tx.em,
    `SELECT line_id AS lineId, holder_from AS holderFrom FROM purchase_mail
     WHERE (line_id, holder_from) > (?, ?) AND line_id >= ? ORDER BY line_id, holder_from LIMIT ?`,
    [lineId, holderFrom, lineId, limit],
  );
  const bought = tenures.length === 0 ? [] : await findPurchases(tx, run.businessDate, tenures);
  const ofTenures = Map.groupBy(bought, tenureText);
  const mailboxes = await findHolderMailboxes(tx, tenures);
  const mails = [...ofTenures].flatMap(([key, purchases]) => {
    const mailbox = mailboxes.get(key);
    if (!mailbox) return [];
    const facts = composeDigest(purchases, { language: mailbox.language, currency: tx.config.currency });
    return [
      {
        kind: 'purchases-of-day' as const,
        ...mailbox,
        dedupeKey: `purchases-of-day:${key}:${run.businessDate}`,
        facts: { ...facts, day: run.businessDate, url: `${tx.config.publicOrigin}/my` },
      },
    ];
  });
  await queueMails(tx, mails);
  return { done: mails.length, last: tenures.length < limit ? undefined : tenures.at(-1) };
}

type PurchaseRow = Omit<DigestPurchase, 'amountMinor'> &
  TenureKey & { readonly amountMinor: number | string };

/** Uses that were recorded on the day, whenever they happened, and months whose charge day it was. */
async function findPurchases(tx: InTransaction<Deps>, businessDate: string, tenures: readonly TenureKey[]) {
  const { timeZone } = tx.config;
  const since = firstIdAt(startOfBusinessDate(businessDate, timeZone));
  const until = firstIdAt(endOfBusinessDate(businessDate, timeZone));
  const rows = await queryRows<PurchaseRow>(
    tx.em,
    `SELECT STRAIGHT_JOIN p.line_id AS lineId, p.holder_from AS holderFrom, o.name AS companyJa, o.name_en AS companyEn,
       s.name AS serviceJa, s.name_en AS serviceEn, c.description, c.captured_minor AS amountMinor
     FROM subscriber p
     JOIN line_period l ON l.line_id = p.line_id AND l.holder_from = p.holder_from AND l.period >= ?
     JOIN charge c FORCE INDEX (charge_of_buyer) ON c.billing_period = l.period AND c.subscriber_id = p.id
     JOIN company o ON o.id = c.company_id
     JOIN service s ON s.id = c.service_id
     WHERE (p.line_id, p.holder_from) IN (?) AND c.captured_minor IS NOT NULL
       AND ((c.kind = 'usage' AND c.id >= ? AND c.id < ?) OR (c.kind = 'monthly' AND c.business_date = ?))
     ORDER BY p.line_id, p.holder_from, c.id`,
    [
      addMonths(monthOf(businessDate), -2),
      tenures.map(({ lineId, holderFrom }) => [lineId, holderFrom]),
      since,
      until,
      businessDate,
    ],
  );
  return rows.map((row) => ({ ...row, amountMinor: BigInt(row.amountMinor) }));
}

/** The lowest identifier of an instant. */
const firstIdAt = (instant: Date): string => encodeTime(instant.getTime()).padEnd(26, '0');
