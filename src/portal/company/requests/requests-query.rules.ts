import { guessAddressee, type TypedAddressee } from '../../../payment-requests/addressee.rules.ts';
import {
  paymentRequestStates,
  type PaymentRequestState,
} from '../../../payment-requests/payment-request.rules.ts';
import { endOfBusinessDate, startOfBusinessDate } from '../../../shared/calendar.rules.ts';
import { ID_PATTERN } from '../../../shared/ids.ts';
import { parsePublicId } from '../../../shared/public-id.rules.ts';
import { readTypedAmount, readTypedDate } from '../../kit/form-fields.ts';

/** What the address of the list says; what cannot be read is said on the page. */
export const requestsQuery = {
  type: 'object',
  properties: {
    q: { type: 'string', maxLength: 64 },
    to: { type: 'string', maxLength: 40 },
    state: { type: 'string', maxLength: 20 },
    from: { type: 'string', maxLength: 20 },
    through: { type: 'string', maxLength: 20 },
    least: { type: 'string', maxLength: 20 },
    most: { type: 'string', maxLength: 20 },
    after: { type: 'string', pattern: `^${ID_PATTERN}$` },
  },
  required: [],
  additionalProperties: false,
} as const;

export type RequestsQuery = {
  readonly [Name in keyof typeof requestsQuery.properties]?: string | undefined;
};

/** What of a filter cannot be read. */
export type QueryFault = 'date' | 'order' | 'amount' | 'to';

export interface ChosenRequests {
  /** By its number: the other conditions do not count. */
  readonly id: string | undefined;
  readonly wanted: {
    readonly reference?: string | undefined;
    readonly addressee?: TypedAddressee | undefined;
    readonly state?: PaymentRequestState | undefined;
    readonly createdFrom?: Date | undefined;
    readonly createdBefore?: Date | undefined;
    readonly atLeastMinor?: bigint | undefined;
    readonly atMostMinor?: bigint | undefined;
  };
  readonly fault: QueryFault | undefined;
}

interface Known {
  readonly timeZone: string;
  readonly lineIdPattern: string;
}

/** Reads an address; a condition that cannot be read is left out, and said. */
export function readRequests(query: RequestsQuery, known: Known): ChosenRequests {
  const name = query.q?.trim() || undefined;
  const to = query.to?.trim() || undefined;
  const [from, through] = [readDate(query.from), readDate(query.through)];
  const [least, most] = [readTypedAmount(query.least), readTypedAmount(query.most)];
  const addressee = to === undefined ? undefined : guessAddressee(known, to);
  const id = name?.startsWith('pr_') ? parsePublicId('payment-request', name) : undefined;
  const isOrdered = !from || !through || from <= through;
  const { timeZone } = known;
  return {
    id,
    wanted: {
      reference: name,
      addressee,
      state: paymentRequestStates.find((state) => state === query.state),
      createdFrom: from && isOrdered ? startOfBusinessDate(from, timeZone) : undefined,
      createdBefore: through && isOrdered ? endOfBusinessDate(through, timeZone) : undefined,
      atLeastMinor: least ?? undefined,
      atMostMinor: most ?? undefined,
    },
    fault: faultOf({ from, through, least, most, isOrdered, isUnknown: to !== undefined && !addressee }),
  };
}

interface Read {
  readonly from: string | null | undefined;
  readonly through: string | null | undefined;
  readonly least: bigint | null | undefined;
  readonly most: bigint | null | undefined;
  readonly isOrdered: boolean;
  readonly isUnknown: boolean;
}

function faultOf({ from, through, least, most, isOrdered, isUnknown }: Read): QueryFault | undefined {
  if (from === null || through === null) return 'date';
  if (!isOrdered) return 'order';
  if (least === null || most === null) return 'amount';
  return isUnknown ? 'to' : undefined;
}

/** Null for what is no date. */
function readDate(text: string | undefined): string | null | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  return readTypedDate(text) ?? null;
}

/** The address of a list, with changes; a change of what is listed begins at its first page. */
export function requestsHref(query: RequestsQuery, changes: RequestsQuery = {}): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, after: undefined, ...changes }))
    if (value) words.set(name, value);
  return words.size === 0 ? '/company/payment-requests' : `/company/payment-requests?${words.toString()}`;
}
