import type { FactView } from '../../kit/component.types.ts';
import { codeInAddress } from '../../../shared/reserved-codes.rules.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { isMessageKey, type Translate } from '../../messages/translate.ts';
import { formatPercent } from '../../../shared/average.rules.ts';

/** Fields whose value is one of some words. */
const worded = new Set([
  'state',
  'billingLanguage',
  'language',
  'platform',
  'legalModel',
  'settlementBasis',
  'feeTaxable',
  'lateCharges',
  'payoutBankDay',
  'feeBearer',
  'partialRefunds',
  'signedRequests',
  'accountType',
  'role',
  'branch',
]);

/** The name of a field as pages and proposals call it. */
export function fieldLabel(name: string, t: Translate): string {
  const key = `billing.companies.field.${name}`;
  return isMessageKey(key) ? t(key) : name;
}

/** One of the words that a field can have; itself if there is no text. */
export function valueWord(value: string, t: Translate): string {
  const key = `billing.companies.value.${value}`;
  return isMessageKey(key) ? t(key) : value;
}

/** A value of a field for people: amounts by `Minor`, rates by `Bps`, dates and words by their look. */
export function fieldText(name: string, value: unknown, { t, format }: ViewFrame): string {
  if (value === null || value === undefined || value === '') return '';
  if (Array.isArray(value)) return value.map(String).join(' ');
  const text =
    typeof value === 'object' ? JSON.stringify(value) : `${value as string | number | bigint | boolean}`;
  if (name.endsWith('Minor') && /^\d+$/.test(text)) return format.money(BigInt(text));
  if (name.endsWith('Bps') && /^\d+$/.test(text)) return formatPercent(Number(text));
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return format.date(text);
  return worded.has(name) ? valueWord(text, t) : text;
}

/** The named members of something as facts. */
export function factsOf(of: object, names: readonly string[], frame: ViewFrame): FactView[] {
  return names.map((name) => ({
    label: fieldLabel(name, frame.t),
    text: fieldText(name, (of as Record<string, unknown>)[name], frame),
  }));
}

/** A name in the reader's language. */
export const nameIn = (of: { readonly name: string; readonly nameEn: string }, { language }: ViewFrame) =>
  language === 'ja' ? of.name : of.nameEn;

export const companyHref = (code: string, part = '') =>
  `/billing/companies/${codeInAddress('company', code)}${part && `/${part}`}`;

export const serviceHref = (company: string, code: string, part = '') =>
  companyHref(company, `services/${codeInAddress('service', code)}${part && `/${part}`}`);

export const tariffHref = (code: string) => `/billing/tariffs/${codeInAddress('tariff', code)}`;
