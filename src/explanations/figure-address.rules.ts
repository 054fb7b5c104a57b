import { parsePublicId, publicId } from '../shared/public-id.rules.ts';
import { CLOSING_GROUPS, type ClosingGroup } from '../shared/calendar.rules.ts';

/** Figures of a settlement that are one number each. */
export const settlementFigures = [
  'payout',
  'total',
  'billed',
  'refunded',
  'lines',
  'items',
  'average',
  'fee',
  'fee-base',
  'fee-items',
  'fee-minimum',
  'fee-percent',
  'fee-band',
  'fee-tax',
  'set-up',
  'set-up-tax',
  'commission',
  'clawback',
  'recovery',
  'carried-in',
  'carried-out',
  'transfer-fee',
] as const;
export type SettlementFigure = (typeof settlementFigures)[number];

/** The key of a settlement line, as the table has it. */
export interface LineKey {
  readonly closingGroup: ClosingGroup;
  readonly serviceId: number;
  readonly taxCode: 'standard' | 'reduced';
  readonly taxRateBps: number;
  readonly kind: 'charge' | 'refund' | 'bank';
  /** Of refunds; empty for charges. */
  readonly originalPeriod: string;
}

/** What is billed of a service at a tax rate, over all closing groups: a line of the statement. */
export type ServiceKey = Pick<LineKey, 'serviceId' | 'taxCode' | 'taxRateBps'>;

export interface InvoiceRate {
  readonly supplierStatus: 'registered' | 'unregistered';
  readonly taxCode: 'standard' | 'reduced';
  readonly taxRateBps: number;
}

/** Where a figure stands: of which settlement, line invoice or charge, and which of its figures. */
export type FigureAddress =
  | { readonly of: 'settlement'; readonly number: string; readonly figure: SettlementFigure }
  | ({ readonly of: 'settlement'; readonly number: string; readonly figure: 'service' } & ServiceKey)
  | ({ readonly of: 'settlement'; readonly number: string; readonly figure: 'line' } & LineKey)
  | {
      readonly of: 'settlement';
      readonly number: string;
      readonly figure: 'refunds-of' | 'clawbacks-of' | 'recoveries-of';
      /** The billing period of the charges. */
      readonly period: string;
    }
  | { readonly of: 'invoice'; readonly number: string; readonly figure: 'total' }
  | {
      readonly of: 'invoice';
      readonly number: string;
      readonly figure: 'supplier';
      readonly companyId: number;
    }
  | ({ readonly of: 'invoice'; readonly number: string; readonly figure: 'tax' } & InvoiceRate)
  | { readonly of: 'charge'; readonly id: string; readonly figure: 'captured' };

export type SettlementAddress = FigureAddress & { readonly of: 'settlement' };
export type InvoiceAddress = FigureAddress & { readonly of: 'invoice' };

const LETTERS = {
  refundsOf: 'refunds-of',
  clawbacksOf: 'clawbacks-of',
  recoveriesOf: 'recoveries-of',
} as const;
const PERIOD_FIGURES: readonly string[] = Object.values(LETTERS);

/** The address as people and links write it, `settlement/S202605-000123/fee`; in three steps of a path. */
export function writeFigureAddress(address: FigureAddress): string {
  switch (address.of) {
    case 'settlement':
      return `settlement/${address.number}/${writeSettlementFigure(address)}`;
    case 'invoice':
      return `invoice/${address.number}/${writeInvoiceFigure(address)}`;
    case 'charge':
      return `charge/${publicId('charge', address.id)}/captured`;
    default:
      return address satisfies never;
  }
}

function writeSettlementFigure(address: SettlementAddress): string {
  switch (address.figure) {
    case 'service':
      return ['service', address.serviceId, address.taxCode, address.taxRateBps].join('.');
    case 'line': {
      const { closingGroup, serviceId, taxCode, taxRateBps, kind, originalPeriod } = address;
      const key = ['line', closingGroup, serviceId, taxCode, taxRateBps, kind];
      return [...key, ...(originalPeriod === '' ? [] : [originalPeriod])].join('.');
    }
    case 'refunds-of':
    case 'clawbacks-of':
    case 'recoveries-of':
      return `${address.figure}.${address.period}`;
    default:
      return address.figure;
  }
}

function writeInvoiceFigure(address: InvoiceAddress): string {
  if (address.figure === 'supplier') return `supplier.${address.companyId}`;
  if (address.figure === 'total') return 'total';
  return ['tax', address.supplierStatus, address.taxCode, address.taxRateBps].join('.');
}

/** Reads an address that `writeFigureAddress` has written; undefined for any other text. */
export function parseFigureAddress(text: string): FigureAddress | undefined {
  const [of, id = '', figure = '', ...rest] = text.split('/');
  if (rest.length > 0) return undefined;
  if (of === 'settlement' && /^S\d{6}-\d{6,10}$/.test(id)) return parseSettlementFigure(id, figure);
  if (of === 'invoice' && /^\d{6}-\d{2}-\d{7,10}$/.test(id)) return parseInvoiceFigure(id, figure);
  if (of !== 'charge' || figure !== 'captured') return undefined;
  const charge = parsePublicId('charge', id);
  return charge === undefined ? undefined : { of: 'charge', id: charge, figure };
}

function parseSettlementFigure(number: string, text: string): SettlementAddress | undefined {
  const whole = settlementFigures.find((figure) => figure === text);
  if (whole) return { of: 'settlement', number, figure: whole };
  const [figure = '', ...key] = text.split('.');
  if (PERIOD_FIGURES.includes(figure) && key.length === 1 && isPeriod(key[0])) {
    const ofPeriod = figure as (typeof LETTERS)[keyof typeof LETTERS];
    return { of: 'settlement', number, figure: ofPeriod, period: key[0]! };
  }
  if (figure === 'service') {
    const service = readService(key);
    return service && key.length === 3 ? { of: 'settlement', number, figure, ...service } : undefined;
  }
  return figure === 'line' ? parseLine(number, key) : undefined;
}

function parseLine(number: string, key: readonly string[]): SettlementAddress | undefined {
  const [group, serviceId = '', taxCode = '', rate = '', kind, originalPeriod = '', ...rest] = key;
  const closingGroup = CLOSING_GROUPS.find((known) => String(known) === group);
  const service = readService([serviceId, taxCode, rate]);
  const isCharge = kind === 'charge' && originalPeriod === '';
  const isRefund = (kind === 'refund' || kind === 'bank') && isPeriod(originalPeriod);
  if (!closingGroup || !service || !(isCharge || isRefund) || rest.length > 0) return undefined;
  return { of: 'settlement', number, figure: 'line', closingGroup, ...service, kind, originalPeriod };
}

function parseInvoiceFigure(number: string, text: string): InvoiceAddress | undefined {
  if (text === 'total') return { of: 'invoice', number, figure: 'total' };
  const [figure, first = '', ...key] = text.split('.');
  if (figure === 'supplier' && key.length === 0 && isCount(first)) {
    return { of: 'invoice', number, figure, companyId: Number(first) };
  }
  if (figure !== 'tax' || (first !== 'registered' && first !== 'unregistered')) return undefined;
  const rate = readRate(key);
  return rate && key.length === 2
    ? { of: 'invoice', number, figure, supplierStatus: first, ...rate }
    : undefined;
}

function readService([serviceId = '', ...rate]: readonly string[]): ServiceKey | undefined {
  const read = readRate(rate);
  return isCount(serviceId) && read ? { serviceId: Number(serviceId), ...read } : undefined;
}

function readRate([taxCode, bps = '']: readonly string[]): Omit<ServiceKey, 'serviceId'> | undefined {
  if ((taxCode !== 'standard' && taxCode !== 'reduced') || !isCount(bps)) return undefined;
  return { taxCode, taxRateBps: Number(bps) };
}

const isCount = (text: string) => /^\d{1,9}$/.test(text);

const isPeriod = (text: string | undefined) => text !== undefined && /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

const ofSettlement = (number: string, figure: SettlementFigure): SettlementAddress => ({
  of: 'settlement',
  number,
  figure,
});

const ABOVE: Partial<Record<SettlementAddress['figure'], readonly SettlementFigure[]>> = {
  total: ['payout'],
  billed: ['payout'],
  refunded: ['payout'],
  'refunds-of': ['payout', 'refunded'],
  service: ['payout', 'billed'],
  fee: ['payout'],
  lines: ['payout', 'fee'],
  items: ['payout', 'fee'],
  average: ['payout', 'fee'],
  'fee-base': ['payout', 'fee'],
  'fee-items': ['payout', 'fee'],
  'fee-minimum': ['payout', 'fee'],
  'fee-percent': ['payout', 'fee'],
  'fee-band': ['payout', 'fee'],
  'fee-tax': ['payout'],
  'set-up': ['payout'],
  'set-up-tax': ['payout'],
  commission: ['payout'],
  clawback: ['payout'],
  'clawbacks-of': ['payout', 'clawback'],
  recovery: ['payout'],
  'recoveries-of': ['payout', 'recovery'],
  'carried-in': ['payout'],
  'carried-out': ['payout'],
  'transfer-fee': ['payout'],
};

/** The way down to a figure, from the figure on top: what a page shows above it. */
export function pathTo(address: FigureAddress): readonly FigureAddress[] {
  if (address.of === 'charge') return [];
  if (address.of === 'invoice') {
    return address.figure === 'total' ? [] : [{ of: 'invoice', number: address.number, figure: 'total' }];
  }
  const { number } = address;
  if (address.figure !== 'line')
    return (ABOVE[address.figure] ?? []).map((figure) => ofSettlement(number, figure));
  const { serviceId, taxCode, taxRateBps, kind, originalPeriod } = address;
  return kind === 'charge'
    ? [
        ofSettlement(number, 'payout'),
        ofSettlement(number, 'billed'),
        { of: 'settlement', number, figure: 'service', serviceId, taxCode, taxRateBps },
      ]
    : [
        ofSettlement(number, 'payout'),
        ofSettlement(number, 'refunded'),
        { of: 'settlement', number, figure: 'refunds-of', period: originalPeriod },
      ];
}
