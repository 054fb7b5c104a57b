import { isSecret, type FactShape, type PlainShape } from '../../templates/mails/fact-shapes.ts';
import { mailKinds, type MailFacts, type MailKindName } from '../../templates/mails/mail-kinds.ts';
import { isDate, isMonth } from '../shared/calendar.rules.ts';

type Values = Readonly<Record<string, unknown>>;

/** Facts as they are stored: plain ones as JSON, secret ones apart, to be encrypted. */
export interface StoredFacts {
  readonly plain: Values;
  readonly secret: Values;
}

const ADDRESS = /^https?:\/\/[!-~]+$/;
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** What a value of each shape has to be, before it is stored. */
const checks: Readonly<Record<PlainShape, (value: unknown) => boolean>> = {
  text: (value) => isText(value) && !/[\n\r]/.test(value),
  lines: isText,
  names: (value) => isText((value as Values | null)?.['ja']) && isText((value as Values)['en']),
  money: (value) => typeof value === 'bigint',
  count: (value) => Number.isSafeInteger(value),
  flag: (value) => typeof value === 'boolean',
  instant: (value) => value instanceof Date && !Number.isNaN(value.getTime()),
  date: (value) => isText(value) && isDate(value),
  month: (value) => isText(value) && isMonth(value),
  url: (value) => isText(value) && ADDRESS.test(value),
  secret: isText,
  'secret-url': (value) => isText(value) && ADDRESS.test(value),
};

/**
 * The facts of a mail as they are stored. A fact that is missing or has another shape is a bug of the caller, found when the mail
 * is queued and not at night when it is written. @throws TypeError naming the fact, never its value.
 */
export function encodeFacts<Kind extends MailKindName>(kind: Kind, facts: MailFacts<Kind>): StoredFacts {
  const plain: Record<string, unknown> = {};
  const secret: Record<string, unknown> = {};
  for (const [name, shape] of shapesOf(kind)) {
    const value = (facts as Values)[name] ?? null;
    if (!fits(value, shape))
      throw new TypeError(`the fact ${name} of a mail ${kind} is not ${String(shape)}`);
    (isSecret(shape) ? secret : plain)[name] = typeof value === 'bigint' ? String(value) : value;
  }
  return { plain, secret };
}

/** The facts of a mail from what is stored. @throws TypeError if they do not fit the kind as it is now. */
export function decodeFacts<Kind extends MailKindName>(kind: Kind, stored: StoredFacts): MailFacts<Kind> {
  const facts: Record<string, unknown> = {};
  for (const [name, shape] of shapesOf(kind)) {
    const value = decode((isSecret(shape) ? stored.secret : stored.plain)[name] ?? null, shape);
    if (!fits(value, shape))
      throw new TypeError(`the stored fact ${name} of a mail ${kind} is not ${String(shape)}`);
    facts[name] = value;
  }
  return facts as MailFacts<Kind>;
}

/** Whether a kind has a code or an address in it that lets its reader in. */
export function hasSecrets(kind: MailKindName): boolean {
  return shapesOf(kind).some(([, shape]) => isSecret(shape));
}

function shapesOf(kind: MailKindName): [string, FactShape][] {
  return Object.entries(mailKinds[kind].facts);
}

function fits(value: unknown, shape: FactShape): boolean {
  if (typeof shape !== 'string') return shape.includes(value as string);
  if (shape.endsWith('?')) return value === null || checks[plainOf(shape)](value);
  return checks[shape as PlainShape](value);
}

function decode(value: unknown, shape: FactShape): unknown {
  if (value === null || typeof shape !== 'string') return value;
  if (plainOf(shape) === 'money') return BigInt(value as string);
  return plainOf(shape) === 'instant' ? new Date(value as string) : value;
}

function plainOf(shape: string): PlainShape {
  return shape.replace('?', '') as PlainShape;
}
