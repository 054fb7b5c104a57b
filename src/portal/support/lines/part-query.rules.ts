import { amountMinorOf } from '../../../support-search/amount-with-date.rules.ts';
import type { Currency } from '../../../shared/money.ts';
import { readTypedDate } from '../../kit/form-fields.ts';
import type { FromSchema } from '../../../shared/schema-type.ts';

const text = { type: 'string', maxLength: 40 } as const;

/** What the parts of a line are filtered by, as typed: everything is in the address. */
export const partQuery = {
  type: 'object',
  properties: { tenure: text, from: text, to: text, amount: text, after: text },
  additionalProperties: false,
} as const;

export type PartQuery = FromSchema<typeof partQuery>;

export interface PartFilter {
  readonly from?: string;
  readonly to?: string;
  readonly amountMinor?: bigint;
  readonly after?: string;
  /** What was typed and is no date or amount: it filters nothing, and the page says so. */
  readonly unread: readonly string[];
}

/** The filter of an address; dates are typed in any usual form, amounts with or without separators. */
export function readFilter(
  { from = '', to = '', amount = '', after }: PartQuery,
  currency: Currency,
): PartFilter {
  const [first, last, minor] = [readTypedDate(from), readTypedDate(to), readAmount(amount, currency)];
  const typed = [
    [from, first],
    [to, last],
    [amount, minor],
  ] as const;
  return {
    unread: typed.flatMap(([text, value]) => (text.trim() !== '' && value === undefined ? [text] : [])),
    ...(first !== undefined && { from: first }),
    ...(last !== undefined && { to: last }),
    ...(minor !== undefined && { amountMinor: minor }),
    ...(after !== undefined && { after }),
  };
}

function readAmount(typed: string, currency: Currency): bigint | undefined {
  const plain = typed.normalize('NFKC').replaceAll(/[\s,¥€円]/g, '');
  return /^\d{1,12}(\.\d{1,2})?$/.test(plain) ? amountMinorOf(plain, currency) : undefined;
}

/** Whether something that lasted from a day through another, or still lasts, falls into the days of a filter. */
export function touches(
  { from, to }: Pick<PartFilter, 'from' | 'to'>,
  startsOn: string | null,
  endsOn: string | null,
): boolean {
  return (
    (from === undefined || endsOn === null || endsOn >= from) &&
    (to === undefined || (startsOn !== null && startsOn <= to))
  );
}

export const isAmount = ({ amountMinor }: Pick<PartFilter, 'amountMinor'>, minor: bigint): boolean =>
  amountMinor === undefined || amountMinor === minor;
