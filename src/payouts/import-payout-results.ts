import { actorName, type Actor } from '../access/actor.ts';
import { assertProvenPerson } from '../access/approvals/approval.rules.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { appendEvents } from '../events/append-events.ts';
import { postEntries } from '../ledger/post-entries.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { formatMoney, type Currency } from '../shared/money.ts';
import { markPaid } from './mark-paid.ts';
import { returnedEntry } from './payout-entries.rules.ts';
import { findSentPayout, type SentPayout } from './sent-payout.queries.ts';
import { payoutCode } from './payout.rules.ts';
import { readResults, type PayoutResult } from './read-results.ts';

/** A row of the file that changed nothing, by its number; the header is row 1. */
export interface RefusedResult {
  readonly row: number;
  readonly fault: string;
}

export interface ImportedResults {
  readonly settled: number;
  readonly returned: number;
  /** Rows that say what is known already. */
  readonly unchanged: number;
  readonly refused: readonly RefusedResult[];
}

/**
 * Imports what the bank says of its transfers: each is settled, and its settlement paid, or returned with a reason and waits to be
 * sent again. Each row stands alone: one that is refused changes nothing and keeps no other back, and a file that is
 * imported again changes nothing.
 * @throws Problem `permission-denied`, `approval-needs-person`, `import-refused` for a file that cannot be read
 */
export async function importPayoutResults(
  deps: Deps,
  actor: Actor,
  { file }: { readonly file: Buffer },
): Promise<ImportedResults> {
  authorize(actor, 'payouts:propose');
  assertProvenPerson(actor, deps.config.mode);
  const counts = { settled: 0, returned: 0, unchanged: 0 };
  const refused: RefusedResult[] = [];
  for (const { row, result, fault } of readResults(file, deps.config.currency)) {
    const outcome = result === undefined ? { fault: fault ?? '' } : await applyResult(deps, actor, result);
    if (typeof outcome === 'string') counts[outcome] += 1;
    else refused.push({ row, ...outcome });
  }
  return { ...counts, refused };
}

type Outcome = 'settled' | 'returned' | 'unchanged' | { readonly fault: string };

function applyResult(deps: Deps, actor: Actor, result: PayoutResult): Promise<Outcome> {
  return inTransaction(deps, async (tx) => {
    const payout = await findSentPayout(tx, result);
    if (payout === undefined) return { fault: `there is no payout ${payoutCode(result)}` };
    const today = businessDateOf(tx.clock.now(), tx.config.timeZone);
    const fault = findResultFault(payout, { result, today, currency: tx.config.currency });
    if (fault !== undefined) return { fault };
    if (payout.state !== 'sent') return 'unchanged';
    await recordResult(tx, actor, payout, result);
    if (result.result === 'settled') await markPaid(tx, actor, payout, result.date);
    else await postEntries(tx, [returnedEntry(payout, today)]);
    return result.result;
  });
}

interface Told {
  readonly result: PayoutResult;
  readonly today: string;
  readonly currency: Currency;
}

function findResultFault(payout: SentPayout, { result, today, currency }: Told): string | undefined {
  const code = payoutCode(result);
  const { state, amountMinor, payOn, resultOn, returnedReason } = payout;
  const inUnits = (amount: bigint) =>
    currency === 'JPY' ? String(amount) : formatMoney(amount, currency, 'en');
  if (state === 'planned' || state === 'dropped') return `payout ${code} was not sent`;
  if (amountMinor !== result.amountMinor)
    return `payout ${code} is of ${inUnits(amountMinor)}, not ${inUnits(result.amountMinor)}`;
  if (result.date < payOn) return `payout ${code} is transferred on ${payOn}, not before`;
  if (result.date > today) return `${result.date} is after today`;
  if (state === 'sent') return undefined;
  const isSame =
    state === result.result && resultOn === result.date && (returnedReason ?? '') === result.reason;
  return isSame ? undefined : `payout ${code} is ${state} since ${resultOn} already`;
}

async function recordResult(
  tx: InTransaction<Deps>,
  actor: Actor,
  payout: SentPayout,
  { result, date, reason }: PayoutResult,
): Promise<void> {
  const { id, companyId, kind, amountMinor, reference } = payout;
  const returnedReason = result === 'returned' ? reason : null;
  await sqlOf(tx.em)
    .updateTable('payout')
    .set({ state: result, resultOn: date, returnedReason })
    .where('id', '=', id)
    .execute();
  await recordAudit(tx, {
    actor: actorName(actor),
    action: result === 'settled' ? 'payout.settle' : 'payout.return',
    subject: `payout:${payoutCode(payout)}`,
    facts: { on: date, ...(returnedReason !== null && { reason }) },
    changed: { table: 'payout', key: [id] },
  });
  const snapshot = { kind, amountMinor, reference, resultOn: date };
  const event =
    returnedReason === null
      ? ({ type: 'payout.settled', subject: id, companyId, snapshot } as const)
      : ({ type: 'payout.returned', subject: id, companyId, snapshot: { ...snapshot, reason } } as const);
  await appendEvents(tx, [event]);
}
