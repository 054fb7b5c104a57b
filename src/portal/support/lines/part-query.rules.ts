import { amountMinorOf } from '../../../support-search/amount-with-date.rules.ts';
import type { Currency } from '../../../shared/money.ts';
import { isDate } from '../../../shared/calendar-date.rules.ts';
import type { FromSchema } from '../../../shared/schema-type.ts';

const text = { type: 'string', maxLength: 40 } as const;

/** What the parts of a line are filtered by, as typed: everything is in the address, and what cannot be read filters nothing. */
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
}

/** The filter of an address; dates are typed in any usual form, amounts with or without separators. */
export function readFilter({ from, to, amount, after }: PartQuery, currency: Currency): PartFilter {
  const [first, last, minor] = [readDate(from), readDate(to), readAmount(amount, currency)];
  return {
    ...(first !== undefined && { from: first }),
    ...(last !== undefined && { to: last }),
    ...(minor !== undefined && { amountMinor: minor }),
    ...(after !== undefined && { after }),
  };
}

function readDate(typed = ''): string | undefined {
  const [, year = '', month = '', day = ''] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(typed.normalize('NFKC').trim()) ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDate(date) ? date : undefined;
}

function readAmount(typed = '', currency: Currency): bigint | undefined {
  const plain = typed.normalize('NFKC').replaceAll(/[\s,¥€円]/g, '');
  return /^\d{1,12}(\.\d{1,2})?$/.test(plain) ? amountMinorOf(plain, currency) : undefined;
}
