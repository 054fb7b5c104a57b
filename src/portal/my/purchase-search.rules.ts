import { parsePublicId } from '../../shared/public-id.rules.ts';
import { MAX_AMOUNT_MINOR } from '../../shared/money.ts';
import type { ObjectSchema, FromSchema } from '../../shared/schema-type.ts';
import type { PurchaseFilter } from '../../purchases/find-purchases.queries.ts';
import { dateField, moneyField, textField, type Field } from '../kit/form-fields.ts';
import type { MessageKey } from '../messages/translate.ts';

const text = { type: 'string', maxLength: 100 } as const;

/** The search of purchases as its form sends it: texts as they were typed. */
export const searchQuery = {
  type: 'object',
  properties: { text, company: text, person: text, from: text, to: text, min: text, max: text, after: text },
  required: [],
  additionalProperties: false,
} as const satisfies ObjectSchema;

export type SearchQuery = FromSchema<typeof searchQuery>;

/** What was typed and is no date or amount. */
export interface SearchFault {
  readonly field: SearchField;
  readonly label: MessageKey;
  readonly key: MessageKey;
  readonly facts?: Readonly<Record<string, string | number>>;
}

export type SearchField = 'text' | 'from' | 'to' | 'min' | 'max';

export interface Search {
  readonly filter: PurchaseFilter;
  readonly after: string | undefined;
  readonly faults: readonly SearchFault[];
}

const fields = {
  text: textField({ label: 'my.search.text', maxLength: 60 }),
  from: dateField('my.search.from'),
  to: dateField('my.search.to'),
  min: moneyField('my.search.min', { max: MAX_AMOUNT_MINOR }),
  max: moneyField('my.search.max', { max: MAX_AMOUNT_MINOR }),
};

/** Reads a search. What cannot be read is left out of the filter and reported, so that the rest still finds something. */
export function readSearch(query: SearchQuery): Search {
  const faults: SearchFault[] = [];
  const read = <T>(name: SearchField, field: Field<T>): T | undefined => {
    const typed = query[name];
    if (typed === undefined || typed.trim() === '') return undefined;
    const reading = field.read(typed);
    if ('value' in reading) return reading.value;
    faults.push({ field: name, label: field.label, ...reading.fault });
    return undefined;
  };
  const person = Number(query.person);
  const filter = {
    text: read('text', fields.text),
    from: read('from', fields.from),
    to: read('to', fields.to),
    minMinor: read('min', fields.min),
    maxMinor: read('max', fields.max),
    company: query.company,
    personId: Number.isSafeInteger(person) && person > 0 ? person : undefined,
  };
  const after = query.after === undefined ? undefined : parsePublicId('charge', query.after);
  return { filter, after, faults };
}

/** Whether anything is searched for. */
export const isSearching = ({ filter }: Search): boolean =>
  Object.values(filter).some((value) => value !== undefined);
