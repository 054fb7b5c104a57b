import {
  approveSettlements,
  countPendingSettlements,
  type PendingSettlements,
} from '../../src/settlements/approve-settlements.ts';
import { holdSettlement, releaseSettlement } from '../../src/settlements/hold-settlement.ts';
import { proposeSettlements, type SettlementOutcome } from '../../src/settlements/propose-settlements.ts';
import { rejectSettlement } from '../../src/settlements/reject-settlement.ts';
import {
  findSettlements,
  getSettlement,
  type ReviewedSettlement,
} from '../../src/settlements/settlement.queries.ts';
import { publicId } from '../../src/shared/public-id.rules.ts';
import type { Actor } from '../../src/access/actor.ts';
import type { Deps } from '../../src/deps.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { month, oneOf, optional, required, text, WrongValue, type ValueType } from '../cli/options.ts';
import { reason } from './propose.ts';

const STATES = ['draft', 'rejected', 'approved', 'paid'] as const;
const number = required(text('NUMBER'), 'number of the settlement');
const why = required(text('TEXT'), 'why, for the record');
const chosen = {
  period: optional(month, 'all of this month'),
  numbers: optional(text('NUMBER,NUMBER'), 'these alone, with commas between them'),
};
/** What an approver has seen to wait: `12/3456789`. */
const seen: ValueType<PendingSettlements> = {
  placeholder: 'COUNT/TOTAL',
  read(typed) {
    const [, count, total] = /^(\d{1,6})\/(\d{1,15})$/.exec(typed) ?? [];
    if (count === undefined || total === undefined)
      throw new WrongValue('must be a count and a total in digits, COUNT/TOTAL');
    return { count: Number(count), payoutMinor: BigInt(total) };
  },
};

const example = '--number S202605-000123';

export const settlementCommands: readonly Command[] = [
  defineCommand({
    name: 'settlement list',
    summary: 'list settlements, the newest month first, at most 500',
    changes: false,
    options: {
      period: optional(month, 'only those of this month'),
      company: optional(text('CODE'), 'only those of this company'),
      state: optional(oneOf('STATE', STATES), `only those that are ${STATES.join(', ')}`),
    },
    example: '--period 2026-05 --state draft',
    run: async (deps, { period, company, state }, { actor }) => {
      const rows = await findSettlements(deps, actor, { period, companyCode: company, state });
      const notes = period === undefined ? [] : await describeWaiting(deps, actor, period);
      return { list: rows.map(present), shown: rows.map(show), none: 'No settlement like that.', notes };
    },
  }),
  defineCommand({
    name: 'settlement show',
    summary: 'show a settlement with all its figures',
    changes: false,
    options: { number },
    example,
    run: async (deps, options, { actor }) => showOne(deps, actor, options.number),
  }),
  defineCommand({
    name: 'settlement propose',
    summary: 'propose drafts for approval, of a month or by their numbers; another person approves them',
    changes: true,
    options: { ...chosen, reason },
    example: '--period 2026-05 --reason "reviewed with the sales report"',
    run: async (deps, { reason: text, ...choice }, { actor }) =>
      presentOutcomes(await proposeSettlements(deps, actor, { ...choose(choice), reason: text }), 'proposed'),
  }),
  defineCommand({
    name: 'settlement approve',
    summary: 'approve what another person proposed; it is posted and its payout is due',
    changes: true,
    options: {
      ...chosen,
      expect: optional(
        seen,
        'with --period: how many proposals of it wait and the sum of their payouts, as "settlement list" prints it',
      ),
      note: optional(text('TEXT'), 'why, for the record'),
    },
    example: '--period 2026-05 --expect 12/3456789',
    run: async (deps, { note, expect, ...choice }, { actor }) => {
      const outcomes = await approveSettlements(deps, actor, { ...choose(choice), expect, note });
      return presentOutcomes(outcomes, 'approved');
    },
  }),
  defineCommand({
    name: 'settlement reject',
    summary: 'reject a draft; the next night drafts it again',
    changes: true,
    options: { number, reason: why },
    example: `${example} --reason "the refund of 3 May is missing"`,
    run: async (deps, options, { actor }) => {
      await rejectSettlement(deps, actor, options);
      return showOne(deps, actor, options.number);
    },
  }),
  defineCommand({
    name: 'settlement hold',
    summary: 'hold the payout of an approved settlement',
    changes: true,
    options: { number, reason: why },
    example: `${example} --reason "the company disputes its account"`,
    run: async (deps, options, { actor }) => {
      await holdSettlement(deps, actor, options);
      return showOne(deps, actor, options.number);
    },
  }),
  defineCommand({
    name: 'settlement release',
    summary: 'let a held payout go',
    changes: true,
    options: { number, reason: why },
    example: `${example} --reason "the account is confirmed"`,
    run: async (deps, options, { actor }) => {
      await releaseSettlement(deps, actor, options);
      return showOne(deps, actor, options.number);
    },
  }),
];

async function describeWaiting(deps: Deps, actor: Actor, period: string): Promise<string[]> {
  const { count, payoutMinor } = await countPendingSettlements(deps, actor, { period });
  if (count === 0) return [];
  return [
    `${count} proposals of ${period} with payouts of ${payoutMinor} wait for a second person: npm run admin -- settlement approve --period ${period} --expect ${count}/${payoutMinor}`,
  ];
}

function choose({ period, numbers }: { period: string | undefined; numbers: string | undefined }) {
  return { period, numbers: numbers?.split(',').map((one) => one.trim()) };
}

function presentOutcomes(outcomes: readonly SettlementOutcome[], done: string) {
  const list = outcomes.map(({ number: of, approvalId, refused }) => ({
    number: of,
    outcome: refused === undefined ? done : 'refused',
    approval: approvalId === undefined ? null : publicId('approval', approvalId),
    reason: refused ?? null,
  }));
  return { list, none: `No draft to be ${done}.` };
}

async function showOne(deps: Deps, actor: Actor, of: string) {
  const settlement = await getSettlement(deps, actor, of);
  return { item: present(settlement), shown: present(settlement) };
}

function present(settlement: ReviewedSettlement): object {
  const {
    id: _,
    companyId: _company,
    contractId: _contract,
    ruleVersion: _rules,
    // For the database alone.
    setUpOf: _setUpOf,
    approvalId,
    ...shown
  } = settlement as ReviewedSettlement & { readonly setUpOf?: unknown };
  return { ...shown, approval: approvalId == null ? null : publicId('approval', approvalId) };
}

/** What a reviewer looks at first. */
function show(settlement: ReviewedSettlement): object {
  const { number: of, company, billingPeriod, state, heldReason, revision } = settlement;
  const { billedMinor, refundedMinor, feeExTaxMinor, payoutMinor, carriedOutMinor, payoutOn } = settlement;
  const is = heldReason == null ? state : 'held';
  const sums = { billedMinor, refundedMinor, feeExTaxMinor, payoutMinor, carriedOutMinor };
  return { number: of, company, billingPeriod, state: is, revision, ...sums, payoutOn };
}
