import type { ChargeState } from '../../../charges/charge.rules.ts';
import { MAX_CHARGE_DAYS, type ChargesOfCompany } from '../../../charges/company-charges.rules.ts';
import { addDays } from '../../../shared/calendar-date.rules.ts';
import { ID_PATTERN } from '../../../shared/ids.ts';
import { parsePublicId } from '../../../shared/public-id.rules.ts';
import { readTypedAmount, readTypedDate } from '../../kit/form-fields.ts';

export const chargeStates = [
  'captured',
  'authorized',
  'pending',
  'cancelled',
  'expired',
] as const satisfies readonly ChargeState[];
export const chargeKinds = ['one_time', 'monthly', 'usage'] as const;

/** What the address of the list says; what cannot be read is said on the page. */
export const purchasesQuery = {
  type: 'object',
  properties: {
    q: { type: 'string', maxLength: 64 },
    item: { type: 'string', maxLength: 60 },
    state: { type: 'string', maxLength: 20 },
    kind: { type: 'string', maxLength: 20 },
    service: { type: 'string', maxLength: 32 },
    from: { type: 'string', maxLength: 20 },
    through: { type: 'string', maxLength: 20 },
    least: { type: 'string', maxLength: 20 },
    most: { type: 'string', maxLength: 20 },
    after: { type: 'string', pattern: `^${ID_PATTERN}$` },
  },
  required: [],
  additionalProperties: false,
} as const;

export type PurchasesQuery = {
  readonly [Name in keyof typeof purchasesQuery.properties]?: string | undefined;
};

/** What of a filter cannot be read. */
export type QueryFault = 'date' | 'order' | 'days' | 'amount';

/** A list as it is asked for: by one name of any time, or by conditions within some days. */
export interface ChosenPurchases {
  readonly name: { readonly chargeId: string | undefined; readonly reference: string } | undefined;
  readonly wanted: ChargesOfCompany;
  readonly fault: QueryFault | undefined;
}

/** Days that are listed without a filter. */
const USUAL_DAYS = 31;

const oneOf = <T extends string>(values: readonly T[], text: string | undefined): T | undefined =>
  values.find((value) => value === text);

/** Reads an address. `today` is the last date that there is; without dates, the last month of it. */
export function readPurchases(query: PurchasesQuery, today: string): ChosenPurchases {
  const reference = query.q?.trim() ?? '';
  const [from, through] = [readDate(query.from), readDate(query.through)];
  const [least, most] = [readTypedAmount(query.least), readTypedAmount(query.most)];
  const last = through ?? today;
  const first = from ?? addDays(last, 1 - USUAL_DAYS);
  const fault = faultOf({ first, last, isUnread: from === null || through === null, amounts: [least, most] });
  const range =
    fault === undefined || fault === 'amount'
      ? { from: first, through: last }
      : { from: addDays(today, 1 - USUAL_DAYS), through: today };
  return {
    name: reference === '' ? undefined : { chargeId: parsePublicId('charge', reference), reference },
    wanted: {
      ...range,
      state: oneOf(chargeStates, query.state),
      kind: oneOf(chargeKinds, query.kind),
      serviceCode: query.service?.trim() || undefined,
      item: query.item?.trim() || undefined,
      atLeastMinor: least ?? undefined,
      atMostMinor: most ?? undefined,
    },
    fault,
  };
}

interface Read {
  readonly first: string;
  readonly last: string;
  readonly isUnread: boolean;
  readonly amounts: readonly (bigint | null | undefined)[];
}

function faultOf({ first, last, isUnread, amounts }: Read): QueryFault | undefined {
  if (isUnread) return 'date';
  if (first > last) return 'order';
  if (addDays(first, MAX_CHARGE_DAYS) <= last) return 'days';
  return amounts.includes(null) ? 'amount' : undefined;
}

/** Null for what is no date. */
function readDate(text: string | undefined): string | null | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  return readTypedDate(text) ?? null;
}

/** The address of a list, with changes; a change of what is listed begins at its first page. */
export function purchasesHref(
  query: PurchasesQuery,
  changes: PurchasesQuery = {},
  path = '/company/purchases',
): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, after: undefined, ...changes }))
    if (value) words.set(name, value);
  return words.size === 0 ? path : `${path}?${words.toString()}`;
}
