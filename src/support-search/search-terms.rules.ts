import { isCaseNumber } from '../cases/case.rules.ts';
import { isIssuedId, normaliseIssuedId } from '../identity/issued-id.rules.ts';
import { ID_PATTERN } from '../shared/ids.ts';
import { readPublicId } from '../shared/public-id.rules.ts';
import { readTelephoneStart } from '../shared/telephone.rules.ts';
import { readAmountWithDate, type AmountWithDate } from './amount-with-date.rules.ts';

/** What a typed text may mean. A text may mean several things; each is looked up by its key. */
export interface SearchTerms {
  /** An identifier with or without its prefix: each names a charge, subscription, consent or refund. */
  readonly charge?: string;
  readonly subscription?: string;
  readonly consent?: string;
  readonly refund?: string;
  readonly caseNumber?: string;
  readonly invoiceNumber?: string;
  readonly issuedId?: string;
  /** The text looks like an issued ID and its check digit does not match: a digit is mistyped. */
  readonly isMistypedId?: true;
  /** E.164, or the beginning of one. */
  readonly telephone?: string;
  readonly email?: string;
  readonly amount?: AmountWithDate;
  /** An amount alone: it finds too much without a date. */
  readonly isAmountWithoutDate?: true;
  /** A line ID or the beginning of one. */
  readonly lineId?: string;
  /** The beginning of a name or its kana, without blanks. */
  readonly name?: string;
  /** Code or words of a company. */
  readonly company?: string;
}

const STORED_ID = new RegExp(`^${ID_PATTERN}$`);
const INVOICE = /^\d{6}-\d{2}-\d{7,}$/;
const LOOKS_LIKE_ID = /^F\d{11}$/;
const LINE = /^(?=.*\d)[A-Z0-9]{2,16}$/;
const AMOUNT_ALONE = /^[¥€]?\d[\d,]{0,11}円?$/;
const MIN_NAME = 2;

/**
 * What a text in the search box means, by its form alone. Width, case, blanks and hyphens of the typed text do not matter.
 * @returns the key of each kind that it may be; nothing for a text that is none, such as one character.
 */
export function readSearch(typed: string, { today }: { readonly today: string }): SearchTerms {
  const text = typed.normalize('NFKC').trim().replaceAll(/\s+/g, ' ');
  return namedBy(text) ?? amountIn(text, today) ?? peopleBy(text);
}

/** An identifier means one thing. */
function namedBy(text: string): SearchTerms | undefined {
  const upper = text.replaceAll(' ', '').toUpperCase();
  const named = readPublicId(text.slice(0, 2).toLowerCase() + upper.slice(2));
  if (named && isFound(named.kind)) return { [named.kind]: named.id };
  if (STORED_ID.test(upper)) return { charge: upper, subscription: upper, consent: upper, refund: upper };
  if (isCaseNumber(upper)) return { caseNumber: upper };
  if (INVOICE.test(upper)) return { invoiceNumber: upper };
  const issued = normaliseIssuedId(text);
  if (isIssuedId(issued)) return { issuedId: issued };
  return LOOKS_LIKE_ID.test(issued) ? { issuedId: issued, isMistypedId: true } : undefined;
}

const isFound = (kind: string) => ['charge', 'subscription', 'consent', 'refund'].includes(kind);

function amountIn(text: string, today: string): SearchTerms | undefined {
  const amount = readAmountWithDate(text, today);
  return amount && { amount };
}

/** What may be the beginning of something. */
function peopleBy(text: string): SearchTerms {
  if (text.includes('@')) return { email: text.replaceAll(' ', '').toLowerCase() };
  // Digits in groups are a telephone number or an amount.
  const isGrouped = text.includes(' ') && !/^[A-Z]/i.test(text);
  const compact = text.replaceAll(/[ -]/g, '').toUpperCase();
  const telephone = readTelephoneStart(text);
  const isWord = /\p{L}/u.test(text) && Array.from(text).length >= MIN_NAME;
  return {
    ...(telephone !== undefined && { telephone }),
    ...(AMOUNT_ALONE.test(text) && telephone === undefined && { isAmountWithoutDate: true as const }),
    ...(LINE.test(compact) && !isGrouped && { lineId: compact }),
    ...(isWord && { name: text.replaceAll(' ', ''), company: text }),
  };
}
