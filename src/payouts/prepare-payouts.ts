import { assertProvenPerson } from '../access/approvals/approval.rules.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { sumMinor } from '../shared/money.ts';
import { Problem } from '../shared/problem.ts';
import { collectDue, type DuePayout } from './list-due-payouts.ts';
import { nextRunNumber } from './payout.rules.ts';
import type { PayoutRun } from './payout-run.entity.ts';

export interface PrepareInput {
  /** Only transfers of this day; all days that can be ordered today without it. */
  readonly payOn?: string | undefined;
  /** Also sends again to an account that has returned a transfer. */
  readonly sameAccount?: boolean;
}

export interface PreparedPayouts {
  /** A run per day of transfers, by its number; all of them are drafts. */
  readonly runs: readonly string[];
  /** What is due and in no run, each with the reason. */
  readonly left: readonly DuePayout[];
}

/** A payout that can be planned. */
type Payable = DuePayout & Required<Pick<DuePayout, 'to'>>;

/**
 * Collects what is due into payout runs, one per day of transfers: a file of the bank has one day. Nothing is sent: each run is
 * proposed, approved by a second person, then written. What is in a run already is not collected again.
 * @throws Problem `permission-denied`, `approval-needs-person`, `payout-settings-missing`
 */
export async function preparePayouts(
  deps: Deps,
  actor: Actor,
  { payOn, sameAccount = false }: PrepareInput = {},
): Promise<PreparedPayouts> {
  authorize(actor, 'payouts:propose');
  assertProvenPerson(actor, deps.config.mode);
  const originator = originatorOf(deps);
  return inTransaction(deps, async (tx) => {
    const due = await collectDue(tx, { lock: true, sameAccount });
    const chosen = due.filter((payout) => payOn === undefined || payout.payOn === payOn);
    const byDay = Map.groupBy(chosen.filter(isPayable), (payout) => payout.payOn);
    const runs: string[] = [];
    for (const [day, payouts] of [...byDay].sort(([a], [b]) => (a < b ? -1 : 1))) {
      runs.push(await draftRun(tx, actor, { payOn: day, payouts, originator }));
    }
    return { runs, left: chosen.filter(({ to }) => to === undefined) };
  });
}

const isPayable = (payout: DuePayout): payout is Payable => payout.to !== undefined;

function originatorOf({ config }: Deps): PayoutRun['originator'] {
  const { originator } = config.payouts;
  if (originator === undefined) {
    throw new Problem('payout-settings-missing', {
      detail: 'The settings PAYOUT_… name the account that pays: set them first.',
    });
  }
  return originator;
}

interface Draft {
  readonly payOn: string;
  readonly payouts: readonly Payable[];
  readonly originator: PayoutRun['originator'];
}

async function draftRun(tx: InTransaction<Deps>, actor: Actor, { payOn, payouts, originator }: Draft) {
  const sql = sqlOf(tx.em);
  const last = await sql
    .selectFrom('payout_run')
    .select('number')
    .where('payOn', '=', payOn)
    .orderBy('number', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  const now = tx.clock.now();
  const run = {
    id: tx.ids.next(),
    number: nextRunNumber(payOn, last?.number),
    preparedOn: businessDateOf(now, tx.config.timeZone),
    payOn,
    payoutCount: payouts.length,
    totalMinor: sumMinor(payouts.map(({ amountMinor }) => amountMinor)),
  };
  const preparedBy = actorName(actor);
  const open = { approvalId: null, sentOn: null, checksum: null, writtenAt: null };
  await sql
    .insertInto('payout_run')
    .values({ ...run, ...open, state: 'draft', originator, preparedBy, createdAt: now })
    .execute();
  const subject = `payout-run:${run.number}`;
  const facts = { payOn, payouts: run.payoutCount, totalMinor: String(run.totalMinor) };
  const changed = { table: 'payout_run', key: [run.id] } as const;
  await recordAudit(tx, { actor: preparedBy, action: 'payout-run.prepare', subject, facts, changed });
  for (const [index, payout] of payouts.entries()) {
    await planPayout(tx, payout, {
      actor: preparedBy,
      runId: run.id,
      number: run.number,
      lineNumber: index + 1,
    });
  }
  return run.number;
}

interface Place {
  readonly actor: string;
  readonly runId: string;
  readonly number: string;
  readonly lineNumber: number;
}

async function planPayout(
  tx: InTransaction<Deps>,
  payout: Payable,
  { actor, runId, number, lineNumber }: Place,
) {
  const id = tx.ids.next();
  const { kind, settlementId, refundId, part, companyId, amountMinor, dueOn, payOn, replacesId } = payout;
  const subject = { kind, settlementId, refundId, part, companyId, amountMinor, dueOn, payOn, replacesId };
  await sqlOf(tx.em)
    .insertInto('payout')
    .values({
      id,
      runId,
      lineNumber,
      ...subject,
      ...payout.to,
      state: 'planned',
      resultOn: null,
      returnedReason: null,
      createdAt: tx.clock.now(),
    })
    .execute();
  await recordAudit(tx, {
    actor,
    action: 'payout.plan',
    subject: `payout:${number}-${lineNumber}`,
    facts: { of: payout.reference, amountMinor: String(amountMinor) },
    changed: { table: 'payout', key: [id] },
  });
}
