import { createHmac } from 'node:crypto';
import type { Config } from '../../config/config.ts';
import { isIssuedId, normaliseIssuedId } from '../identity/issued-id.rules.ts';
import { Problem } from '../shared/problem.ts';
import { readTelephone } from '../shared/telephone.rules.ts';

/** By what a company names whom it asks. */
export const addresseeKinds = ['line', 'telephone', 'issued-id'] as const;
export type AddresseeKind = (typeof addresseeKinds)[number];

export const MAX_ADDRESSEE_LENGTH = 40;

/** Whom a company asks, as it was typed. */
export interface TypedAddressee {
  readonly toKind: AddresseeKind;
  readonly to: string;
}

/** The same in the form in which it is stored elsewhere. */
export interface Addressee {
  readonly kind: AddresseeKind;
  readonly text: string;
}

type AddressConfig = Pick<Config, 'lineIdPattern'>;

const mustBe: Readonly<Record<AddresseeKind, string>> = {
  line: 'must be a line ID',
  telephone: 'must be a telephone number',
  'issued-id': 'must be an issued ID; check its digits',
};

/**
 * Reads an addressee by its form alone: whether there is such a line, number or ID is not looked at.
 * @throws Problem `addressee-mistyped`
 */
export function readAddressee(config: AddressConfig, { toKind: kind, to }: TypedAddressee): Addressee {
  const text = normalise(config, kind, to);
  if (text === undefined) {
    throw new Problem('addressee-mistyped', {
      detail: `to ${mustBe[kind]}.`,
      errors: [{ pointer: '/to', message: mustBe[kind] }],
    });
  }
  return { kind, text };
}

function normalise({ lineIdPattern }: AddressConfig, kind: AddresseeKind, to: string): string | undefined {
  if (to.length > MAX_ADDRESSEE_LENGTH) return undefined;
  if (kind === 'telephone') return readTelephone(to);
  const text = normaliseIssuedId(to);
  if (kind === 'issued-id') return isIssuedId(text) ? text : undefined;
  return new RegExp(lineIdPattern).test(text) ? text : undefined;
}

/** What is kept of an addressee: a keyed hash, and the last characters for the company's own eyes. */
export function storedAddressee({ secret }: Pick<Config, 'secret'>, { kind, text }: Addressee) {
  const toHash = createHmac('sha256', secret).update(`payment-request:${kind}:${text}`).digest('hex');
  return { toKind: kind, toHash, toEnding: text.slice(-4) };
}

/** What somebody typed to search by: an issued ID or a line ID by its form, else a telephone number; undefined for none of them. */
export function guessAddressee(config: AddressConfig, to: string): TypedAddressee | undefined {
  const toKind = (['issued-id', 'line', 'telephone'] as const).find(
    (kind) => normalise(config, kind, to) !== undefined,
  );
  return toKind && { toKind, to };
}
