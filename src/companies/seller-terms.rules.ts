import { compileInputCheck } from '../shared/check-input.ts';
import { readableText } from '../shared/readable-text.rules.ts';
import type { Schema } from '../shared/schema-type.ts';

/** Where a service reaches its customers (domain.md §2). */
export const platforms = ['flets-soft-delivery', 'flets-market', 'flets-cast', 'internet'] as const;
export type Platform = (typeof platforms)[number];

/**
 * What a service says of itself: what the law wants on the last page before a purchase (domain.md §15) in Japanese and
 * English, and what the public list of companies shows. A service has all of it or none.
 */
export interface ServiceTerms {
  /** What can be paid for, in a few words. */
  readonly paidFor: string;
  readonly paidForEn: string;
  /** When what was bought is delivered, and how. */
  readonly delivery: string;
  readonly deliveryEn: string;
  /** How to withdraw or cancel, and until when. */
  readonly cancellation: string;
  readonly cancellationEn: string;
  readonly sellerAddress: string;
  readonly sellerAddressEn: string;
  /** As people dial it: `03-0000-0000`. */
  readonly sellerTelephone: string;
  /** Where questions of subscribers arrive. */
  readonly contactEmail: string;
  readonly platform: Platform;
  /** First day on which it can be paid for this way; null while it is planned without a day. */
  readonly listedFrom: string | null;
}

/** The same of a stored service; one of before these columns has none. */
export type StoredTerms = { readonly [K in keyof ServiceTerms]?: ServiceTerms[K] | null | undefined };

/** The schemas of an input of terms. */
const termsFields = {
  paidFor: readableText(120),
  paidForEn: readableText(120),
  delivery: readableText(400),
  deliveryEn: readableText(400),
  cancellation: readableText(800),
  cancellationEn: readableText(800),
  sellerAddress: readableText(240),
  sellerAddressEn: readableText(240),
  sellerTelephone: {
    type: 'string',
    pattern: '^(?=.{10,20}$)\\+?[0-9]+(-[0-9]+)*$',
    mustBe: 'a telephone number of 10 to 20 digits and hyphens, such as 03-0000-0000',
  },
  contactEmail: { type: 'string', format: 'email-address', mustBe: 'an e-mail address' },
  platform: { type: 'string', enum: platforms },
  listedFrom: { type: ['string', 'null'], format: 'business-date', mustBe: 'a date, YYYY-MM-DD' },
} as const satisfies Record<keyof ServiceTerms, Schema>;

const names = Object.keys(termsFields) as (keyof ServiceTerms)[];
const checkTerms = compileInputCheck<Partial<ServiceTerms>>(termsFields);

/** The terms among the columns of a stored service. */
export function termsOf(service: StoredTerms): StoredTerms {
  return Object.fromEntries(names.map((name) => [name, service[name] ?? null]));
}

/** Whether a service says what the law wants on the last page before a purchase; else nothing new is sold under it. */
export function isComplete(terms: StoredTerms): terms is ServiceTerms {
  return names.every((name) => name === 'listedFrom' || (terms[name] ?? null) !== null);
}

type GivenTerms = { readonly [K in keyof ServiceTerms]?: ServiceTerms[K] | undefined };

/**
 * The terms of a service after some were given, with those that are known: all of them, or none. Without a word on it, a
 * service is listed from `today` on. @throws Problem `invalid-request` naming every term that is missing or wrong.
 */
export function completeTerms(
  given: GivenTerms,
  { known, today }: { known: StoredTerms; today: string },
): StoredTerms {
  const named = names.filter((name) => given[name] !== undefined);
  if (named.length === 0) return known;
  const before = isComplete(known) ? known : { listedFrom: today };
  const terms = { ...before, ...Object.fromEntries(named.map((name) => [name, given[name]])) };
  checkTerms(terms);
  return terms;
}

/** The terms of a service that has none yet. */
export const noTerms: StoredTerms = termsOf({});

/** What the last page before a purchase shows of the seller, in one language. */
export interface SellerTerms {
  readonly delivery: string;
  readonly cancellation: string;
  readonly address: string;
  readonly telephone: string;
  /** E-mail address for questions of subscribers. */
  readonly contact: string;
}

/**
 * What the last page before a purchase shows of a service's seller (domain.md §15). Undefined for a service that has no such
 * texts yet: nothing new is sold under it.
 */
export function readSellerTerms(service: StoredTerms, language: 'ja' | 'en'): SellerTerms | undefined {
  const isJapanese = language === 'ja';
  const delivery = isJapanese ? service.delivery : service.deliveryEn;
  const cancellation = isJapanese ? service.cancellation : service.cancellationEn;
  const address = isJapanese ? service.sellerAddress : service.sellerAddressEn;
  const { sellerTelephone: telephone, contactEmail: contact } = service;
  if (!delivery || !cancellation || !address || !telephone || !contact) return undefined;
  return { delivery, cancellation, address, telephone, contact };
}
