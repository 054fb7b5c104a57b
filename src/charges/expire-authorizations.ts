import type { Deps } from '../deps.ts';
import type { InTransaction } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import { appendEvents } from '../events/append-events.ts';
import { postEntries } from '../ledger/post-entries.ts';
import { shortenLostAuthorizations } from '../lines/shorten-authorizations.ts';
import { releaseHolds } from '../limits/tenure-hold.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { chargeEndEvent, chargeEventColumns } from './charge-event.rules.ts';
import { expireCheckouts } from './expire-checkouts.ts';
import { releaseEntry } from './charge-entries.rules.ts';
import { reasonOfExpiry } from './charge.rules.ts';

const CHUNK = 1000;

/**
 * Night job: expires charges that were not confirmed in time, authorizations that were not captured in time, and those
 * whose buyer has lost the line, and releases the amounts they reserved. Consents and subscriptions that were not
 * confirmed expire with their checkout. Only the time that has passed decides, so the next night does what a missed one
 * has not done.
 */
export async function expireAuthorizations(_deps: Deps, run: RunHandle) {
  await run.inChunk(async (tx) => {
    await shortenLostAuthorizations(tx);
    return {};
  });
  const charges = await repeat(run, (tx) => expireChunk(tx, run.chunkSize ?? CHUNK));
  const checkouts = await repeat(run, (tx) => expireCheckouts(tx, run.chunkSize ?? CHUNK));
  return { charges, checkouts };
}

/** Chunk after chunk until one finds nothing left. */
async function repeat(run: RunHandle, chunk: (tx: InTransaction<Deps>) => Promise<number>): Promise<number> {
  for (let total = 0; ;) {
    const { done } = await run.inChunk(async (tx) => ({ done: await chunk(tx) }));
    if (done === 0) return total;
    run.announce(done);
    total += done;
  }
}

/** Expires one chunk of charges in this transaction. Charges that a capture holds right now are left to it. */
async function expireChunk(tx: InTransaction<Deps>, limit: number): Promise<number> {
  const now = tx.clock.now();
  const due = await lockDue(tx, limit);
  if (due.length === 0) return 0;
  await markExpired(tx, due);
  await releaseAuthorized(tx, due);
  await appendEvents(
    tx,
    due.map((charge) => {
      const endedAt = charge.openUntil ?? now;
      return chargeEndEvent(charge, { state: 'expired', by: reasonOfExpiry(charge), endedAt });
    }),
  );
  return due.length;
}

type DueCharge = Awaited<ReturnType<typeof lockDue>>[number];

function lockDue(tx: InTransaction<Deps>, limit: number) {
  return sqlOf(tx.em)
    .selectFrom('charge')
    .select(chargeEventColumns)
    .select(['state', 'lineId', 'holderFrom', 'openUntil', 'authorizedUntil'])
    .where('openUntil', '<=', tx.clock.now())
    .where('state', 'in', ['pending', 'authorized'])
    .orderBy('openUntil')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
}

async function markExpired(tx: InTransaction<Deps>, due: readonly DueCharge[]): Promise<void> {
  const ids = { time: [] as string[], entitlement: [] as string[] };
  for (const charge of due) ids[reasonOfExpiry(charge)].push(charge.id);
  for (const by of ['time', 'entitlement'] as const) {
    if (ids[by].length === 0) continue;
    await sqlOf(tx.em)
      .updateTable('charge')
      // In this order: the end is the instant it was open until, as it has been read since then.
      .set(({ ref }) => ({ state: 'expired', endedAt: ref('openUntil'), endedBy: by, openUntil: null }))
      .where('id', 'in', ids[by])
      .execute();
  }
}

/** Releases what the authorizations among the charges have reserved: of the limits, and in the ledger. */
async function releaseAuthorized(tx: InTransaction<Deps>, due: readonly DueCharge[]): Promise<void> {
  const authorized = due.filter(({ state }) => state === 'authorized');
  await releaseHolds(
    tx,
    authorized.map(({ id, lineId, holderFrom, amountMinor }) => ({
      chargeId: id,
      lineId: lineId!,
      holderFrom: holderFrom!,
      amountMinor,
    })),
  );
  const businessDate = businessDateOf(tx.clock.now(), tx.config.timeZone);
  await postEntries(
    tx,
    authorized.map(({ id, amountMinor }) => releaseEntry('expiry', { id, businessDate, amountMinor })),
  );
}
