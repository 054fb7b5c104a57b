import type { EventBodies } from '../history.ts';
import { bankDay, plusBankDays } from './calendar.ts';
import { NOTHING, refused } from './outcome.ts';
import type { Shadow, ShadowPayout, ShadowSettlement } from './state.ts';

/** How many bank days ahead the bank takes an order. */
const DAYS_AHEAD = 15;

/** The bank's word for a transfer: the number of its run and the line in it. */
export const codeOf = ({ run, line }: Pick<ShadowPayout, 'run' | 'line'>): string => `${run}-${line}`;

/** What is approved and not paid can be held with a reason, and let go. */
export function holdPayout(shadow: Shadow, { company, period, holds }: EventBodies['hold-payout']): string {
  const settlement = shadow.settlements.find((one) => one.company === company && one.period === period);
  if (!settlement) return NOTHING;
  if (settlement.state !== 'approved' || settlement.held === holds) return refused('illegal-state');
  settlement.held = holds;
  return holds ? 'held' : 'released';
}

/** Orders reach the bank on a bank day, and are for another one after it. */
export const firstDayFrom = (today: string): string => plusBankDays(bankDay(today, 'next'), 1);
export const lastDayFrom = (today: string): string => plusBankDays(bankDay(today, 'previous'), DAYS_AHEAD);

/** On the contract's day, or on the first one that the bank still takes an order for. */
const dayOf = ({ payoutOn }: ShadowSettlement, today: string): string =>
  payoutOn < firstDayFrom(today) ? firstDayFrom(today) : payoutOn;

interface Due {
  readonly settlement: ShadowSettlement;
  readonly payOn: string;
  /** Why it cannot be ordered. */
  readonly fault: 'day' | 'returned' | undefined;
}

const placeOf = ({ payoutOn, company, period }: ShadowSettlement): string =>
  `${payoutOn} ${company} ${period}`;

/** Approved, not held, of an amount, and in no run from which it may reach its company or has. */
function listDue(shadow: Shadow, sameAccount: boolean): Due[] {
  const due = shadow.settlements.filter(
    (one) => one.state === 'approved' && one.payout > 0 && !isHeld(shadow, one) && !isLive(shadow, one),
  );
  return due
    .toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
    .map((settlement) => {
      const payOn = dayOf(settlement, shadow.today);
      const cameBack = lastReturned(shadow, settlement);
      const isSame = cameBack?.version === shadow.accounts.get(settlement.company)!.length;
      const isTooEarly = payOn > lastDayFrom(shadow.today);
      const fault = isTooEarly ? 'day' : !sameAccount && isSame ? 'returned' : undefined;
      return { settlement, payOn, fault };
    });
}

const isHeld = ({ faults }: Shadow, { held }: ShadowSettlement): boolean => held && faults.paysHeld !== true;

function isLive(shadow: Shadow, settlement: ShadowSettlement): boolean {
  const own = payoutsOf(shadow, settlement);
  const live = own.some(({ state }) => state === 'planned' || state === 'sent' || state === 'settled');
  const isAgain = own.some(({ state }) => state === 'returned') && shadow.faults.sendsReturnedTwice === true;
  return live && !isAgain;
}

const payoutsOf = ({ payouts }: Shadow, { company, period }: ShadowSettlement): ShadowPayout[] =>
  payouts.filter((one) => one.company === company && one.period === period);

const lastReturned = (shadow: Shadow, settlement: ShadowSettlement): ShadowPayout | undefined =>
  payoutsOf(shadow, settlement).findLast(({ state }) => state === 'returned');

/** A run for each day of transfers: a file of the bank has one day. */
export function preparePayouts(shadow: Shadow, { sameAccount }: EventBodies['prepare-payouts']): string {
  const due = listDue(shadow, sameAccount);
  const payable = due.filter(({ fault }) => fault === undefined);
  const byDay = [...Map.groupBy(payable, ({ payOn }) => payOn)].sort(([a], [b]) => (a < b ? -1 : 1));
  const prepared = byDay.map(([payOn, ofDay]) => prepareRun(shadow, payOn, ofDay));
  const left = due.flatMap(({ settlement: { company, period }, fault }) =>
    fault === undefined ? [] : [{ company, period, fault }],
  );
  return describePrepared(prepared, left);
}

/** In words for both sides. */
export function describePrepared(
  runs: readonly { readonly number: string; readonly count: number; readonly total: number }[],
  left: readonly { readonly company: string; readonly period: string; readonly fault: string }[],
): string {
  const words = [
    ...runs.map(({ number, count, total }) => `prepared on ${number}: ${count} of ${total}`),
    ...left.map(({ company, period, fault }) => `left (${fault}) on ${company} ${period}`),
  ];
  return words.join('; ') || 'nothing due';
}

function prepareRun(shadow: Shadow, payOn: string, due: readonly Due[]) {
  const before = shadow.payoutRuns.filter((one) => one.payOn === payOn).length;
  const number = `${payOn.replaceAll('-', '')}${String(before + 1).padStart(2, '0')}`;
  shadow.payoutRuns.push({
    number,
    payOn,
    state: 'draft',
    sentOn: null,
    proposal: null,
    ended: 'approval-decided',
  });
  let total = 0;
  for (const [index, { settlement }] of due.entries()) {
    const { company, period, payout: amount, payoutOn: dueOn } = settlement;
    const cameBack = lastReturned(shadow, settlement);
    const version = shadow.accounts.get(company)!.length;
    const news = newsOf(shadow, company, version);
    const replaces = cameBack ? codeOf(cameBack) : null;
    const of = { company, period, amount, dueOn, payOn, version, news, replaces } as const;
    shadow.payouts.push({ run: number, line: index + 1, ...of, state: 'planned', resultOn: null });
    total += amount;
  }
  return { number, count: due.length, total };
}

/** Whether the bank knows the account from what was sent to the company last. */
function newsOf({ payouts }: Shadow, company: string, version: number): ShadowPayout['news'] {
  const last = payouts.findLast(
    (one) => one.company === company && one.state !== 'planned' && one.state !== 'dropped',
  );
  if (!last) return 'first';
  return last.version === version ? 'none' : 'changed';
}
