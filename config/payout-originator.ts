import { toBankCharacters } from '../src/shared/bank-characters.rules.ts';

/** The account from which the carrier's bank transfers, as the payout file names it. */
export interface PayoutOriginator {
  /** The code that the bank gave the carrier for its orders, up to 10 digits. */
  readonly code: string;
  readonly name: string;
  readonly bankCode: string;
  readonly bankName: string;
  readonly branchCode: string;
  readonly branchName: string;
  readonly accountType: 'ordinary' | 'current' | 'other';
  readonly accountNumber: string;
}

/** Schemas of its settings, for the schema of all settings. */
export const payoutSettings = {
  PAYOUT_ORIGINATOR_CODE: { type: 'string', pattern: '^[0-9]{1,10}$', mustBe: '1 to 10 digits' },
  PAYOUT_ORIGINATOR_NAME: { type: 'string', minLength: 1, maxLength: 60 },
  PAYOUT_BANK_CODE: { type: 'string', pattern: '^[0-9]{4}$', mustBe: '4 digits' },
  PAYOUT_BANK_NAME: { type: 'string', minLength: 1, maxLength: 60 },
  PAYOUT_BRANCH_CODE: { type: 'string', pattern: '^[0-9]{3}$', mustBe: '3 digits' },
  PAYOUT_BRANCH_NAME: { type: 'string', minLength: 1, maxLength: 60 },
  PAYOUT_ACCOUNT_TYPE: { type: 'string', enum: ['ordinary', 'current', 'other'] },
  PAYOUT_ACCOUNT_NUMBER: { type: 'string', pattern: '^[0-9]{7}$', mustBe: '7 digits' },
  UNLISTED_BANKS: {
    type: 'string',
    pattern: '^(?:[0-9]{4}(?:,[0-9]{4})*)?$',
    mustBe: 'bank codes of 4 digits, with commas between them',
    default: '',
  },
} as const;

/** The settings as they are read. */
export interface PayoutSettings {
  readonly PAYOUT_ORIGINATOR_CODE?: string;
  readonly PAYOUT_ORIGINATOR_NAME?: string;
  readonly PAYOUT_BANK_CODE?: string;
  readonly PAYOUT_BANK_NAME?: string;
  readonly PAYOUT_BRANCH_CODE?: string;
  readonly PAYOUT_BRANCH_NAME?: string;
  readonly PAYOUT_ACCOUNT_TYPE?: PayoutOriginator['accountType'];
  readonly PAYOUT_ACCOUNT_NUMBER?: string;
}

const NEEDED = [
  'PAYOUT_ORIGINATOR_CODE',
  'PAYOUT_ORIGINATOR_NAME',
  'PAYOUT_BANK_CODE',
  'PAYOUT_BANK_NAME',
  'PAYOUT_BRANCH_CODE',
  'PAYOUT_BRANCH_NAME',
  'PAYOUT_ACCOUNT_TYPE',
  'PAYOUT_ACCOUNT_NUMBER',
] as const;

/** Settings of the originator belong together, and their names are what a payout file can carry (domain.md section 6). */
export function findOriginatorFaults(settings: PayoutSettings): string[] {
  const missing = NEEDED.filter((name) => settings[name] === undefined);
  if (missing.length === NEEDED.length) return [];
  const names = {
    PAYOUT_ORIGINATOR_NAME: 'payee',
    PAYOUT_BANK_NAME: 'bank',
    PAYOUT_BRANCH_NAME: 'bank',
  } as const;
  return [
    ...missing.map((name) => `${name} is missing: the account that pays needs all of its settings`),
    ...Object.entries(names).flatMap(([name, field]) => {
      const entered = settings[name as keyof typeof names];
      const converted = entered === undefined ? { text: '' } : toBankCharacters(entered, field);
      return 'fault' in converted ? [`${name} ${converted.fault}`] : [];
    }),
  ];
}

/** The originator of payout files; undefined without its settings: then no file is written. */
export function readOriginator(settings: PayoutSettings): PayoutOriginator | undefined {
  const { PAYOUT_ORIGINATOR_CODE: code, PAYOUT_ORIGINATOR_NAME: name } = settings;
  const { PAYOUT_BANK_CODE: bankCode, PAYOUT_BANK_NAME: bankName } = settings;
  const { PAYOUT_BRANCH_CODE: branchCode, PAYOUT_BRANCH_NAME: branchName } = settings;
  const { PAYOUT_ACCOUNT_TYPE: accountType, PAYOUT_ACCOUNT_NUMBER: accountNumber } = settings;
  if (code === undefined || name === undefined || accountNumber === undefined) return undefined;
  if (bankCode === undefined || bankName === undefined || accountType === undefined) return undefined;
  if (branchCode === undefined || branchName === undefined) return undefined;
  return { code, name, bankCode, bankName, branchCode, branchName, accountType, accountNumber };
}
