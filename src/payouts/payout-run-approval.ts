import { parseAccountReference } from '../access/account-reference.rules.ts';
import { actorName } from '../access/actor.ts';
import type { ApprovalKind, Change, DecidingActor } from '../access/approvals/approval-kind.ts';
import { isSamePerson } from '../access/approvals/approval.rules.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { formatIban } from '../shared/iban.rules.ts';
import { formatMoney } from '../shared/money.ts';
import { Problem } from '../shared/problem.ts';
import { listAccountMakers, type AccountMakers } from './account-makers.queries.ts';
import { assertRunSendable, lockGround } from './assert-run-sendable.ts';
import { describeRepeat } from './payout.rules.ts';
import { lockPayoutRun, type PayoutLine, type PayoutRunWithLines } from './payout-run.queries.ts';

export interface PayoutRunInput {
  /** Number of the run. */
  readonly number: string;
}

/** The transfers of one file: one person proposes them, another approves. */
export const payoutRunApproval: ApprovalKind<PayoutRunInput> = {
  kind: 'payout-run.approve',
  propose: 'payouts:propose',
  approve: 'payouts:approve',
  readInput: (stored) => stored as unknown as PayoutRunInput,
  async assertReach(tx, by, { number }) {
    await assertNotOwnAccount(tx, by, await lockPayoutRun(tx, number));
  },
  async lockSubject(tx, { number }) {
    const locked = await lockPayoutRun(tx, number);
    const { id, state, payOn, totalMinor } = locked.run;
    const version = {
      id,
      state,
      payOn,
      totalMinor,
      lines: locked.lines.map(asProposedBefore),
      ground: await lockGround(tx, locked),
    };
    return { subject: subjectOf(number), version };
  },
  async preview(tx, { number }) {
    const locked = await lockPayoutRun(tx, number);
    assertDraft(locked);
    await assertRunSendable(tx, locked);
    return changesOf(tx, locked);
  },
  async execute(tx, authority, { number }) {
    const locked = await lockPayoutRun(tx, number);
    assertDraft(locked);
    await assertRunSendable(tx, locked);
    const { id } = locked.run;
    const { approvalId } = authority;
    await sqlOf(tx.em)
      .updateTable('payout_run')
      .set({ state: 'approved', approvalId })
      .where('id', '=', id)
      .execute();
    await recordAudit(tx, {
      actor: authority.actorName,
      action: 'payout-run.approve',
      subject: subjectOf(number),
      facts: authority.facts,
      changed: { table: 'payout_run', key: [id] },
    });
  },
};

/** What a proposal of an earlier release has seen of a first payout to a Japanese account has none of these. */
function asProposedBefore({ iban, bic, part, ...line }: PayoutLine): object {
  return { ...line, ...(iban !== '' && { iban, bic }), ...(part > 1 && { part }) };
}

const subjectOf = (number: string) => `payout-run:${number}`;

function assertDraft({ run: { number, state } }: PayoutRunWithLines): void {
  if (state === 'draft') return;
  throw new Problem('illegal-state', { detail: `Payout run ${number} is ${state}.`, facts: { state } });
}

/**
 * Who had the account changed to which a first payout goes does not approve that payout. In production that is known only of an
 * account that two people decided or that a proven person entered: to another one nothing is paid. All of them may reject the run.
 */
async function assertNotOwnAccount(
  tx: InTransaction<Deps>,
  { actor, permission, isRejecting }: DecidingActor,
  { lines }: PayoutRunWithLines,
): Promise<void> {
  if (permission !== 'payouts:approve' || isRejecting) return;
  const makers = await listAccountMakers(tx, lines);
  const own = makers.find(({ makers: people }) =>
    people.some((maker) => isSamePerson(maker, actorName(actor))),
  );
  if (own !== undefined) {
    throw new Problem('approval-own', {
      detail: `You proposed or entered the account of ${own.company}, and this is the first payout to it: another person approves.`,
    });
  }
  const unproven = makers.find((account) => !isApprovedOrProven(account));
  if (unproven === undefined || tx.config.mode === 'development') return;
  throw new Problem('approval-required', {
    detail: `Nobody proven entered the account of ${unproven.company} (${unproven.makers.join(', ') || 'nobody is named'}), and this is the first payout to it. Discard the run, enter the account again with "bank-account propose" (the same terms will do) and "approval approve", then prepare again.`,
  });
}

function isApprovedOrProven({ isApproved, makers }: AccountMakers): boolean {
  if (isApproved) return true;
  const references = makers.map((maker) => parseAccountReference(maker.slice(maker.indexOf(':') + 1)));
  return references.length > 0 && !references.includes(undefined);
}

const after = (value: string): Change => ({ before: null, after: value });

/** What an approver has to see: the day, the sum, and each transfer. */
function changesOf(
  { config }: InTransaction<Deps>,
  { run, lines }: PayoutRunWithLines,
): Record<string, Change> {
  const money = (amountMinor: bigint) => formatMoney(amountMinor, config.currency, 'en');
  const head = {
    payOn: after(run.payOn),
    payouts: after(String(run.payoutCount)),
    total: after(money(run.totalMinor)),
  };
  const each = lines.map((line): [string, Change] => [
    `transfer ${line.lineNumber}`,
    after(
      `${line.company ?? line.reference} ${line.reference} ${money(line.amountMinor)} → ${accountOf(line)}${repeatOf(line)}`,
    ),
  ]);
  return { ...head, ...Object.fromEntries(each) };
}

function repeatOf(line: PayoutLine): string {
  const repeat = describeRepeat(line);
  return repeat === '' ? '' : ` ${repeat}`;
}

const NEWS = { first: ' (first payout to it)', changed: ' (another account than before)', none: '' } as const;

function accountOf(line: PayoutLine): string {
  const { bankCode, bankName, branchCode, branchName, accountType, accountNumber, payee, accountNews } = line;
  if (line.iban !== '')
    return [formatIban(line.iban), line.bic, `${payee}${NEWS[accountNews]}`].filter(Boolean).join(' ');
  return `${bankCode} ${bankName} ${branchCode} ${branchName} ${accountType} ${accountNumber} ${payee}${NEWS[accountNews]}`;
}
