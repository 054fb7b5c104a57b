import type { Problem } from '../../shared/problem.ts';
import { describeTries } from '../messages/describe-tries.ts';
import { isMessageKey, type MessageKey, type Translate } from '../messages/translate.ts';
import type { FieldFault, Fields, InputOf } from './form-fields.ts';

/** A field that was not accepted, as the summary and the field show it. */
export interface FieldMessage {
  readonly field: string;
  readonly label: string;
  readonly message: string;
}

/** A form that was refused: what was typed, which fields were not accepted, and what else is wrong. */
export interface FormState {
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
  readonly errors: readonly FieldMessage[];
  /** Not refused: what was typed was kept while the person proved the second factor again. */
  readonly isKept?: true;
  /** Why, if the reason is none of the fields. */
  readonly problem?: {
    readonly code: string;
    readonly title: string;
    readonly text: string;
    readonly facts: Problem['facts'];
  };
}

/** Refused before the use case was asked: some fields are not what they must be. */
export class FieldFaults extends Error {
  readonly faults: Readonly<Record<string, FieldFault>>;

  constructor(faults: Readonly<Record<string, FieldFault>>) {
    super('fields are not what they must be');
    this.faults = faults;
  }
}

/** The input that the typed texts make. @throws FieldFaults naming every field that is wrong. */
export function readFields<F extends Fields>(fields: F, texts: Readonly<Record<string, string>>): InputOf<F> {
  const values: Record<string, unknown> = {};
  const faults: Record<string, FieldFault> = {};
  for (const [name, field] of Object.entries(fields)) {
    const reading = field.read(texts[name] ?? '');
    if ('fault' in reading) faults[name] = reading.fault;
    else values[name] = reading.value;
  }
  if (Object.keys(faults).length > 0) throw new FieldFaults(faults);
  return values as InputOf<F>;
}

/** The facts of a problem as its text in the reader's language shows them. */
export type WordFacts = (facts: Problem['facts'], t: Translate) => Problem['facts'];

/** How a portal words its problems: where their texts begin, and its facts. */
export interface ProblemWords {
  readonly problemTexts?: string | undefined;
  readonly wordFacts?: WordFacts | undefined;
}

interface Refused {
  readonly name: string;
  readonly fields: Fields;
  readonly texts: Readonly<Record<string, string>>;
}

/** The state of a form that was refused, for the page that shows it again. */
export function refusedForm(
  { name, fields, texts }: Refused,
  reason: FieldFaults | Problem,
  t: Translate,
  words: ProblemWords = {},
): FormState {
  const kept = Object.entries(texts).filter(([field]) => fields[field] && !fields[field].isSecret);
  const values = Object.fromEntries(kept);
  if (reason instanceof FieldFaults) {
    const errors = Object.entries(reason.faults).map(([field, { key, facts }]) => ({
      field,
      label: t(fields[field]!.label),
      message: t(key, facts),
    }));
    return { name, values, errors };
  }
  const errors = reason.errors.flatMap(({ pointer, message }) => {
    const field = fieldOf(fields, pointer);
    return field === undefined
      ? []
      : [{ field, label: t(fields[field]!.label), message: t(faultKey(message)) }];
  });
  return errors.length > 0
    ? { name, values, errors }
    : { name, values, errors, problem: wordProblem(reason, t, words) };
}

/** What use cases say of a field, in words of the page; of the rest it says that the content is not accepted. */
const faultKeys: Readonly<Record<string, MessageKey>> = {
  'must be in the future': 'kit.fault.in-future',
  'must be the first of a month': 'kit.fault.first-of-month',
  'must be after validFrom': 'kit.fault.after-begin',
  'must be after registeredFrom': 'kit.fault.after-begin',
  'must be one mail address': 'kit.fault.mail-address',
  'must be a web address of at most 1000 characters': 'kit.fault.web-address',
  'must begin with https://': 'kit.fault.https',
  'must be on the public internet': 'kit.fault.public-address',
  'must have a host name, not an IP address, and consist of ASCII characters': 'kit.fault.host-name',
  'must not have a name or password before the host': 'kit.fault.address-password',
  'must not have a part after #': 'kit.fault.address-fragment',
  'must be T and 13 digits': 'kit.fault.registration-number',
  'must be a line ID': 'kit.fault.line-id',
  'must be a telephone number': 'kit.fault.telephone',
  'must be an issued ID; check its digits': 'kit.fault.issued-id',
  'must be 0 where the carrier bears the transfer': 'kit.fault.carrier-bears',
  'must be billed where the carrier bears the loss': 'kit.fault.assigned-is-billed',
  'must be true: the fee of an agency is taxed': 'kit.fault.agency-is-taxed',
};

const faultKey = (message: string): MessageKey => faultKeys[message] ?? 'kit.fault.invalid';

/** The field of a pointer of a use case's schema: `/limitMinor` and `/limit_minor` are those of `limitMinor` or `limit`. */
function fieldOf(fields: Fields, pointer: string): string | undefined {
  const member = pointer
    .slice(pointer.lastIndexOf('/') + 1)
    .replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return Object.keys(fields).find((name) => name === member || `${name}Minor` === member);
}

/** Title and text of a problem in the reader's language: its own, else those of its status. */
export function wordProblem(
  problem: Problem,
  t: Translate,
  { problemTexts, wordFacts = (same) => same }: ProblemWords = {},
): NonNullable<FormState['problem']> {
  const key = problemTextKey(problem, problemTexts);
  const seconds = problem.facts['retry_after_seconds'];
  const facts = {
    ...wordFacts(problem.facts, t),
    ...(typeof seconds === 'number' && { minutes: Math.ceil(seconds / 60) }),
  };
  const texts = facts as Readonly<Record<string, string | number>>;
  return {
    code: problem.code,
    facts,
    title: t(`${key}.title` as MessageKey, texts),
    text: t(`${key}.text` as MessageKey, texts) + triesText(problem, t),
  };
}

/** Other problems count tries that end otherwise: those of a code end with another code. */
const triesText = ({ code, facts }: Problem, t: Translate): string =>
  code === 'sign-in-refused' ? describeTries(facts['tries_left'], t) : '';

/** The text of the problem if there is one, that of the portal first and for its reason; otherwise a text for its status. */
export function problemTextKey(
  { code, status, facts }: Pick<Problem, 'code' | 'status' | 'facts'>,
  problemTexts = 'problem',
): string {
  const reason = String(facts['reason'] ?? '');
  const own = [`${problemTexts}.${code}-${reason}`, `${problemTexts}.${code}`, `problem.${code}`];
  const found = own.find((key) => isMessageKey(`${key}.title`));
  if (found !== undefined) return found;
  if (status === 404) return 'problem.not-found';
  if (status === 503 || status === 429) return 'problem.service-unavailable';
  return status >= 500 ? 'problem.internal-error' : 'problem.bad-request';
}
