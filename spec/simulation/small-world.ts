import type { EventBodies, EventName, History, SimEvent } from './history.ts';

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
      contract: {
        from: '2025-09-01',
        to: null,
        tariff: 'flets-2011',
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
