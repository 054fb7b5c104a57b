import { composeIssuedId } from '../identity/issued-id.rules.ts';

/** What happens to a purchase by a magic person, one of each world. */
export const magicOutcomes = ['accepted', 'limit', 'wrong-line', 'aaa-silent', 'id-locked', 'child'] as const;
export type MagicOutcome = (typeof magicOutcomes)[number];

/** A person of every world, with a line of their own. All of it is public. */
export interface MagicPerson {
  readonly outcome: MagicOutcome;
  readonly lineId: string;
  readonly issuedId: string;
  readonly displayName: string;
}

/** The password of all magic persons. */
export const MAGIC_PASSWORD = 'sandbox-2026';

/** The monthly limit of the line of `limit`, in minor units. */
export const MAGIC_LIMIT_MINOR = 500n;

/** How old the holder of the line of `child` is in a new world. */
export const MAGIC_CHILD_YEARS = 8;

const NAMES: Readonly<Record<MagicOutcome, string>> = {
  accepted: '見本 承子',
  limit: '見本 上限',
  'wrong-line': '見本 別線',
  'aaa-silent': '見本 無言',
  'id-locked': '見本 錠',
  child: '見本 幼子',
};

/** The magic persons in the order of their numbers. The same in all worlds, so that tests of companies can name them. */
export const magicPersons: readonly MagicPerson[] = magicOutcomes.map((outcome, index) => ({
  outcome,
  lineId: `CAF99000000${String(index + 1).padStart(2, '0')}`,
  issuedId: issuedIdOf(index + 1),
  displayName: NAMES[outcome],
}));

/** The magic person of a line. */
export function magicPersonOf(lineId: string): MagicPerson | undefined {
  return magicPersons.find((person) => person.lineId === lineId);
}

function issuedIdOf(number: number): string {
  const digits = `99000000${String(number).padStart(2, '0')}`.split('').map(Number).values();
  return composeIssuedId(() => digits.next().value ?? 0);
}
