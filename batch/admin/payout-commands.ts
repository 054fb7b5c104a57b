import { readFile } from 'node:fs/promises';
import { approveChange } from '../../src/access/approvals/decide-approval.ts';
import { getApproval, listPending } from '../../src/access/approvals/approval.queries.ts';
import { discardPayoutRun } from '../../src/payouts/discard-payout-run.ts';
import { importPayoutResults } from '../../src/payouts/import-payout-results.ts';
import { listDuePayouts, type DuePayout } from '../../src/payouts/list-due-payouts.ts';
import type { PayoutAccount } from '../../src/payouts/payout-account.ts';
import { describeRepeat, payoutCode } from '../../src/payouts/payout.rules.ts';
import { payoutRunApproval } from '../../src/payouts/payout-run-approval.ts';
import {
  getPayoutRun,
  listPayoutRuns,
  listPayouts,
  type PayoutLine,
} from '../../src/payouts/payout-run.queries.ts';
import type { PayoutRun } from '../../src/payouts/payout-run.entity.ts';
import { preparePayouts } from '../../src/payouts/prepare-payouts.ts';
import { resultColumns } from '../../src/payouts/read-results.ts';
import { reconcilePayouts } from '../../src/payouts/reconcile-payouts.ts';
import { writePayoutFile } from '../../src/payouts/write-payout-file.ts';
import type { Actor } from '../../src/access/actor.ts';
import type { Deps } from '../../src/deps.ts';
import { formatIban } from '../../src/shared/iban.rules.ts';
import { Problem } from '../../src/shared/problem.ts';
import { publicId } from '../../src/shared/public-id.rules.ts';
import { defineCommand, type Command, type ItemResult } from '../cli/command.ts';
import { exitCodes } from '../cli/exit-codes.ts';
import { date, flag, oneOf, optional, required, text } from '../cli/options.ts';
import { presentApproval, propose, reason } from './propose.ts';

const run = required(text('NUMBER'), 'number of the payout run, 10 digits', { field: 'number' });
const STATES = ['planned', 'dropped', 'sent', 'settled', 'returned'] as const;
const example = '--run 2026113001';

export const payoutCommands: readonly Command[] = [
  defineCommand({
    name: 'payout due',
    summary:
      'list what is due and in no payout run, with the day of its transfer or why it cannot be ordered',
    changes: false,
    options: {},
    example: '',
    run: async (deps, _options, { actor }) => {
      const due = await listDuePayouts(deps, actor);
      return { list: due, shown: due.map(showDue), none: 'Nothing is due.' };
    },
  }),
  defineCommand({
    name: 'payout prepare',
    summary: 'collect what is due into payout runs, one per day of transfers; nothing is sent',
    changes: true,
    options: {
      date: optional(date, 'only transfers of this day', { field: 'payOn' }),
      'same-account': flag('also send again to an account that has returned a transfer'),
    },
    example: '',
    run: async (deps, { date: payOn, sameAccount }, { actor }) => {
      const { runs, left } = await preparePayouts(deps, actor, { payOn, sameAccount });
      const prepared: object[] = [];
      for (const number of runs) prepared.push(showRun((await getPayoutRun(deps, actor, number)).run));
      return {
        list: prepared,
        none: 'Nothing is due that can be ordered today.',
        notes: [
          ...runs.map(
            (number) => `Look at it, then: npm run admin -- payout propose --run ${number} --reason TEXT`,
          ),
          ...left.map(({ company, reference, fault }) => `${company ?? ''} ${reference} is left: ${fault}.`),
        ],
      };
    },
  }),
  defineCommand({
    name: 'payout propose',
    summary: 'propose a payout run; another person approves it',
    changes: true,
    options: { run, reason },
    example: `${example} --reason "payouts of November"`,
    run: (deps, { run: number, reason: why }, { actor }) =>
      propose(deps, actor, payoutRunApproval, { input: { number }, reason: why }),
  }),
  defineCommand({
    name: 'payout show',
    summary: 'show a payout run with its transfers',
    changes: false,
    options: { run },
    example,
    run: (deps, options, { actor }) => showWithLines(deps, actor, options.run),
  }),
  defineCommand({
    name: 'payout approve',
    summary: 'approve a payout run that another person proposed; its file is not written yet',
    changes: true,
    options: { run, note: optional(text('TEXT'), 'why, for the record') },
    example,
    run: async (deps, { run: number, note }, { actor }) => {
      const approvalId = await findPending(deps, number);
      await approveChange(deps, actor, [payoutRunApproval], { approvalId, note });
      const result = presentApproval(await getApproval(deps, actor, approvalId));
      return { ...result, notes: [`Now its file: npm run admin -- payout write-file --run ${number}`] };
    },
  }),
  defineCommand({
    name: 'payout discard',
    summary: 'discard a payout run that was not sent; what it would have paid is due again',
    changes: true,
    options: { run },
    example,
    run: async (deps, { run: number }, { actor }) => {
      await discardPayoutRun(deps, actor, { number });
      return showWithLines(deps, actor, number);
    },
  }),
  defineCommand({
    name: 'payout write-file',
    summary:
      'send an approved payout run: write its file for the bank; again, the same file and no transfer twice',
    changes: true,
    options: { run },
    example,
    run: async (deps, { run: number }, { actor }) => {
      const { path, checksum, isFirst } = await writePayoutFile(deps, actor, { number });
      const note = isFirst
        ? 'The payouts are sent: give the file to the bank.'
        : 'The run was sent before; this is the same file.';
      return { item: { run: number, path, checksum, isFirst }, notes: [note] };
    },
  }),
  defineCommand({
    name: 'payout import-results',
    summary: 'import what the bank says of its transfers (CSV); exit code 1 when rows of it were refused',
    changes: true,
    options: { file: required(text('FILE'), `the file, with the columns ${resultColumns.join(', ')}`) },
    example: '--file results.csv',
    run: async (deps, options, { actor }) => {
      const file = await readFile(options.file);
      const { refused, ...counts } = await importPayoutResults(deps, actor, { file });
      return {
        item: { ...counts, refused: refused.length },
        details: { refused },
        notes: refused.map(({ row, fault }) => `Row ${row} was refused: ${fault}.`),
        exitCode: refused.length > 0 ? exitCodes.failed : exitCodes.done,
      };
    },
  }),
  defineCommand({
    name: 'payout list',
    summary: 'list payouts, the newest first, at most 500',
    changes: false,
    options: {
      state: optional(oneOf('STATE', STATES), `one of ${STATES.join(', ')}`),
      company: optional(text('CODE'), 'only those of this company', { field: 'companyCode' }),
    },
    example: '--state returned',
    run: async (deps, { state, company }, { actor }) => {
      const payouts = await listPayouts(deps, actor, { state, companyCode: company });
      return {
        list: payouts.map((payout) => ({ payout: payoutCode(payout), ...presentLine(payout) })),
        shown: payouts.map((payout) => ({ payout: payoutCode(payout), ...showLine(payout) })),
        none: 'No payout.',
      };
    },
  }),
  defineCommand({
    name: 'payout runs',
    summary: 'list payout runs, the newest first, at most 500',
    changes: false,
    options: {},
    example: '',
    run: async (deps, _options, { actor }) => {
      const runs = await listPayoutRuns(deps, actor);
      return { list: runs.map(showRun), none: 'No payout run yet: prepare one with "payout prepare".' };
    },
  }),
  defineCommand({
    name: 'payout reconcile',
    summary:
      'compare the payouts of a day with the ledger and with their files; exit code 1 when they differ',
    changes: false,
    options: { date: required(date, 'the business date') },
    example: '--date 2026-11-27',
    run: async (deps, options, { actor }) => {
      const { runs, accounts, agrees, ...day } = await reconcilePayouts(deps, actor, options);
      return {
        item: { ...day, runs, accounts, agrees },
        shown: {
          ...day,
          runs: runs.map(
            (one) =>
              `${one.number}: payouts ${one.payoutsMinor}, ledger ${one.ledgerMinor}, file ${one.fileMinor ?? 'missing'}${one.isFileSent ? '' : ', not the file that was sent'}`,
          ),
          accounts: accounts.map(
            (one) => `${one.account}: ledger ${one.ledgerMinor}, expected ${one.expectedMinor}`,
          ),
          agrees,
        },
        exitCode: agrees ? exitCodes.done : exitCodes.failed,
      };
    },
  }),
];

async function findPending(deps: Deps, number: string): Promise<string> {
  const pending = await listPending(deps, `payout-run:${number}`);
  const [first] = pending;
  if (first !== undefined) return first.id;
  throw new Problem('approval-not-found', { detail: `Nothing is proposed for payout run ${number}.` });
}

async function showWithLines(deps: Deps, actor: Actor, number: string): Promise<ItemResult> {
  const { run: found, lines } = await getPayoutRun(deps, actor, number);
  const pending = await listPending(deps, `payout-run:${number}`);
  return {
    item: { ...showRun(found), originator: found.originator, transfers: lines.map(presentLine) },
    shown: {
      ...showRun(found),
      transfers: lines.map((line) => Object.values(showLine(line)).join(' ')),
    },
    notes: pending.map(
      ({ id, maker }) => `${publicId('approval', id)}, proposed by ${maker}, waits for another person.`,
    ),
  };
}

function showRun(found: PayoutRun) {
  const {
    number,
    state,
    payOn,
    payoutCount,
    totalMinor,
    preparedBy,
    preparedOn,
    sentOn,
    checksum,
    approvalId,
  } = found;
  const approval = approvalId ? publicId('approval', approvalId) : null;
  const file = { approval, sentOn: sentOn ?? null, checksum: checksum ?? null };
  return { run: number, state, payOn, payouts: payoutCount, totalMinor, preparedOn, preparedBy, ...file };
}

/** The codes of an account in Japan, or the IBAN of one in the euro area. */
function accountOf(account: PayoutAccount) {
  const { bankCode, bankName, branchCode, branchName, accountType, accountNumber, iban, bic } = account;
  if (iban !== '') return { iban, bic };
  return { bankCode, bankName, branchCode, branchName, accountType, accountNumber };
}

function nameAccount({ bankCode, branchCode, accountNumber, payee, iban }: PayoutAccount): string {
  return iban === '' ? `${bankCode}-${branchCode}-${accountNumber} ${payee}` : `${formatIban(iban)} ${payee}`;
}

function presentLine(line: PayoutLine) {
  const { lineNumber, kind, company, reference, billingPeriod, amountMinor, dueOn, payOn, state } = line;
  const { payee, accountNews } = line;
  const account = { ...accountOf(line), payee, accountNews };
  const { replacesId, resultOn, returnedReason } = line;
  const shown = {
    lineNumber,
    kind,
    company,
    reference,
    billingPeriod,
    amountMinor,
    dueOn,
    payOn,
    state,
    ...account,
    resultOn,
    returnedReason,
  };
  const isRepeated = replacesId !== null;
  return { ...shown, isRepeated, repeats: isRepeated ? describeRepeat(line) : null };
}

function showLine(line: PayoutLine) {
  const { lineNumber, company, reference, amountMinor, state, payOn } = line;
  const account = nameAccount(line);
  const reasonOfReturn = line.returnedReason ?? '';
  const shown = { line: lineNumber, company, reference, amountMinor, payOn, account, state };
  return { ...shown, reason: reasonOfReturn, repeats: describeRepeat(line) };
}

function showDue({ company, reference, amountMinor, dueOn, payOn, to, fault }: DuePayout) {
  const account = to && nameAccount(to);
  return { company, reference, amountMinor, dueOn, payOn, account: account ?? null, fault: fault ?? null };
}
