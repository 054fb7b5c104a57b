import type { CollectionRow, EventBodies, EventName, History, SimEvent } from './history.ts';
import type { ContractPlan } from './plan/world-plan.ts';

export const COMPANY = { company: 'c1', service: 's1', taxCode: 'standard' } as const;
export const LINE = { line: 'CAF0000000001', group: 31, status: 'active', birthDate: null } as const;

/** One company, one line of the month's end, two issued IDs. */
export const world: History['world'] = {
  timeZone: 'Asia/Tokyo',
  currency: 'JPY',
  taxRises: [],
  startsOn: '2026-01-25',
  companies: [
    {
      company: 'c1',
      services: ['s1'],
      registered: null,
      model: 'agency',
      contract: {
        from: '2025-09-01',
        to: null,
        tariff: 'flets-2011',
        model: 'agency',
        basis: 'billed',
        perChargeMax: 20_000,
        lateCharges: 'accept',
        authorizationDays: 30,
        payoutMonths: 1,
        payoutDay: 31,
        payoutBankDay: 'next',
        setUpFee: 0,
        minimumPayout: 0,
        transferFee: 0,
        refundDays: 60,
        partialRefunds: true,
      },
    },
  ],
  lines: [{ line: LINE.line, group: 31, holderFrom: '2025-09-01', birthDate: null }],
  subscribers: [
    { subscriber: 'p1', line: LINE.line, slot: 1 },
    { subscriber: 'p2', line: LINE.line, slot: 2 },
  ],
  consents: [],
};

/** An instant in Tokyo. */
const at = (local: string): string => new Date(`${local}:00+09:00`).toISOString();

/** Something that happens at a local time. */
export function event<K extends EventName>(local: string, kind: K, body: EventBodies[K]): SimEvent {
  return { at: at(local), kind, body } as SimEvent;
}

/** A charge that is confirmed at once; captured with it, or left open. */
export const buy = (
  local: string,
  charge: string,
  sale: { amount: number; by?: string; automatic?: boolean },
) => [
  event(local, 'create-charge', {
    ...COMPANY,
    charge,
    amount: sale.amount,
    automatic: sale.automatic ?? true,
  }),
  event(local, 'authorize-charge', { charge, subscriber: sale.by ?? 'p1' }),
];
export const hold = (local: string, charge: string, amount: number) =>
  buy(local, charge, { amount, automatic: false });
export const capture = (local: string, charge: string) =>
  event(local, 'capture-charge', { charge, company: COMPANY.company });
export const night = (businessDate: string, local: string) =>
  event(local, 'night', { businessDate, processes: 1 });

/** People approve the draft of the company, or reject it. */
export const review = (local: string, approves = true) =>
  event(local, 'review-settlements', { decisions: [{ company: COMPANY.company, approves }] });

/** All that is left of a charge, or an amount, by its company. */
export const refund = (local: string, charge: string, amount?: number) =>
  event(local, 'refund-charge', {
    refund: `of ${charge} ${local}`,
    charge,
    company: COMPANY.company,
    ...(amount === undefined ? {} : { amount }),
  });

/** A result of the invoice of the line's period that begins in a month. */
export const result = (
  local: string,
  [period, result]: readonly [period: string, result: CollectionRow['result']],
  amount?: number,
) => {
  const invoice = `${period.replace('-', '')}-${LINE.group}-0000001`;
  const row = { invoice, result, date: local.slice(0, 10), sequence: 0, code: '' };
  const rows = [amount === undefined ? row : { ...row, amount }];
  return event(local, 'deliver-results', { rows, tonight: false });
};

/** The same world under other terms. */
export function underTerms(terms: Partial<ContractPlan>): History['world'] {
  const [company] = world.companies;
  if (!company) throw new Error('the world has a company');
  const { model = company.model } = terms;
  return { ...world, companies: [{ ...company, model, contract: { ...company.contract, ...terms } }] };
}
