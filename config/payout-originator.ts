import { toBankCharacters } from '../src/shared/bank-characters.rules.ts';
import { findBicFault } from '../src/shared/bic.rules.ts';
import { compactCode, readIban } from '../src/shared/iban.rules.ts';
import type { Currency } from '../src/shared/money.ts';
import { toSepaText } from '../src/shared/sepa-text.rules.ts';

/** The account from which the carrier's Japanese bank transfers, as the payout file names it. */
export interface ZenginAccount {
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

/** The account from which the carrier's bank makes euro transfers. */
export interface EuroAccount {
  readonly name: string;
  /** In capitals, without blanks. */
  readonly iban: string;
  readonly bic?: string;
}

/** The account that pays: of the kind that the currency needs. */
export type PayoutOriginator = ZenginAccount | EuroAccount;

/** Schemas of its settings, for the schema of all settings. */
export const payoutSettings = {
  PAYOUT_ORIGINATOR_CODE: { type: 'string', pattern: '^[0-9]{1,10}$', mustBe: '1 to 10 digits' },
  PAYOUT_ORIGINATOR_NAME: { type: 'string', minLength: 1, maxLength: 70 },
  PAYOUT_BANK_CODE: { type: 'string', pattern: '^[0-9]{4}$', mustBe: '4 digits' },
  PAYOUT_BANK_NAME: { type: 'string', minLength: 1, maxLength: 60 },
  PAYOUT_BRANCH_CODE: { type: 'string', pattern: '^[0-9]{3}$', mustBe: '3 digits' },
  PAYOUT_BRANCH_NAME: { type: 'string', minLength: 1, maxLength: 60 },
  PAYOUT_ACCOUNT_TYPE: { type: 'string', enum: ['ordinary', 'current', 'other'] },
  PAYOUT_ACCOUNT_NUMBER: { type: 'string', pattern: '^[0-9]{7}$', mustBe: '7 digits' },
  PAYOUT_IBAN: { type: 'string', minLength: 1, maxLength: 60 },
  PAYOUT_BIC: { type: 'string', minLength: 1, maxLength: 20 },
  UNLISTED_BANKS: {
    type: 'string',
    pattern: '^(?:[0-9]{4}(?:,[0-9]{4})*)?$',
    mustBe: 'bank codes of 4 digits, with commas between them',
    default: '',
  },
} as const;

/** The settings as they are read. */
export interface PayoutSettings {
  readonly CURRENCY: Currency;
  readonly PAYOUT_ORIGINATOR_CODE?: string;
  readonly PAYOUT_ORIGINATOR_NAME?: string;
  readonly PAYOUT_BANK_CODE?: string;
  readonly PAYOUT_BANK_NAME?: string;
  readonly PAYOUT_BRANCH_CODE?: string;
  readonly PAYOUT_BRANCH_NAME?: string;
  readonly PAYOUT_ACCOUNT_TYPE?: ZenginAccount['accountType'];
  readonly PAYOUT_ACCOUNT_NUMBER?: string;
  readonly PAYOUT_IBAN?: string;
  readonly PAYOUT_BIC?: string;
}

/** Of the account at a Japanese bank, beside the name. */
const JAPANESE = [
  'PAYOUT_ORIGINATOR_CODE',
  'PAYOUT_BANK_CODE',
  'PAYOUT_BANK_NAME',
  'PAYOUT_BRANCH_CODE',
  'PAYOUT_BRANCH_NAME',
  'PAYOUT_ACCOUNT_TYPE',
  'PAYOUT_ACCOUNT_NUMBER',
] as const;
const EURO = ['PAYOUT_IBAN', 'PAYOUT_BIC'] as const;
const MAX_NAME = { JPY: 60, EUR: 70 } as const;

/** The settings of the other currency's account: they would say that somebody expects another file. */
export const foreignSettings = (currency: Currency) => (currency === 'JPY' ? EURO : JAPANESE);

/** Settings of the originator belong together, and are what a payout file of the currency can carry (domain.md section 6). */
export function findOriginatorFaults(settings: PayoutSettings): string[] {
  const { CURRENCY: currency } = settings;
  const foreign = foreignSettings(currency)
    .filter((name) => settings[name] !== undefined)
    .map((name) => `${name} is of no account that pays in ${currency}: leave it out`);
  const needed = [
    'PAYOUT_ORIGINATOR_NAME',
    ...(currency === 'JPY' ? JAPANESE : (['PAYOUT_IBAN'] as const)),
  ] as const;
  const isGiven = [...needed, ...(currency === 'JPY' ? [] : EURO)].some(
    (name) => settings[name] !== undefined,
  );
  if (!isGiven) return foreign;
  const missing = needed
    .filter((name) => settings[name] === undefined)
    .map((name) => `${name} is missing: the account that pays needs all of its settings`);
  const faults = currency === 'JPY' ? findJapaneseFaults(settings) : findEuroFaults(settings);
  return [...foreign, ...missing, ...faults];
}

function findJapaneseFaults(settings: PayoutSettings): string[] {
  const names = {
    PAYOUT_ORIGINATOR_NAME: 'payee',
    PAYOUT_BANK_NAME: 'bank',
    PAYOUT_BRANCH_NAME: 'bank',
  } as const;
  return Object.entries(names).flatMap(([name, field]) => {
    const entered = settings[name as keyof typeof names] ?? '';
    if (entered === '') return [];
    if (entered.length > MAX_NAME.JPY) return [`${name} must be a string of 1 to ${MAX_NAME.JPY} characters`];
    const converted = toBankCharacters(entered, field);
    return 'fault' in converted ? [`${name} ${converted.fault}`] : [];
  });
}

function findEuroFaults({
  PAYOUT_ORIGINATOR_NAME: name,
  PAYOUT_IBAN: iban,
  PAYOUT_BIC: bic,
}: PayoutSettings) {
  const faults: string[] = [];
  const shownName = name === undefined ? undefined : toSepaText(name, MAX_NAME.EUR);
  if (shownName !== undefined && 'fault' in shownName)
    faults.push(`PAYOUT_ORIGINATOR_NAME ${shownName.fault}`);
  const account = iban === undefined ? undefined : readIban(iban);
  if (account === undefined) return faults;
  if ('fault' in account) return [...faults, `PAYOUT_IBAN ${account.fault}`];
  const found = findBicFault(compactCode(bic ?? ''), account.iban);
  return found === undefined ? faults : [...faults, `PAYOUT_BIC ${found.fault}`];
}

/** The originator of payout files; undefined without its settings: then no file is written. */
export function readOriginator(settings: PayoutSettings): PayoutOriginator | undefined {
  if (settings.CURRENCY !== 'JPY') return readEuroOriginator(settings);
  const { PAYOUT_ORIGINATOR_CODE: code, PAYOUT_ORIGINATOR_NAME: name } = settings;
  const { PAYOUT_BANK_CODE: bankCode, PAYOUT_BANK_NAME: bankName } = settings;
  const { PAYOUT_BRANCH_CODE: branchCode, PAYOUT_BRANCH_NAME: branchName } = settings;
  const { PAYOUT_ACCOUNT_TYPE: accountType, PAYOUT_ACCOUNT_NUMBER: accountNumber } = settings;
  if (code === undefined || name === undefined || accountNumber === undefined) return undefined;
  if (bankCode === undefined || bankName === undefined || accountType === undefined) return undefined;
  if (branchCode === undefined || branchName === undefined) return undefined;
  return { code, name, bankCode, bankName, branchCode, branchName, accountType, accountNumber };
}

function readEuroOriginator(settings: PayoutSettings): EuroAccount | undefined {
  const { PAYOUT_ORIGINATOR_NAME: name, PAYOUT_IBAN: iban, PAYOUT_BIC: bic } = settings;
  if (name === undefined || iban === undefined) return undefined;
  return { name, iban: compactCode(iban), ...(bic !== undefined && { bic: compactCode(bic) }) };
}
