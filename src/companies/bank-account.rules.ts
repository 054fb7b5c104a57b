import { toBankCharacters, type BankField } from '../shared/bank-characters.rules.ts';
import type { FieldError } from '../shared/problem.ts';

/** Where a company is paid. Names are kept as people write them; the payout file has them converted. */
export interface BankAccount {
  readonly bankCode: string;
  readonly bankName: string;
  readonly branchCode: string;
  readonly branchName: string;
  readonly accountNumber: string;
  /** Payee as the bank knows it. */
  readonly accountHolder: string;
}

const NAMES = {
  bankName: 'bank',
  branchName: 'bank',
  accountHolder: 'payee',
} as const satisfies Partial<Record<keyof BankAccount, BankField>>;

/** What keeps an account from being paid to: names that no bank file can carry, and numbers that stand for none. */
export function findBankFaults(account: BankAccount): FieldError[] {
  const faults = Object.entries(NAMES).flatMap(([name, field]): FieldError[] => {
    const converted = toBankCharacters(account[name as keyof typeof NAMES], field);
    return 'fault' in converted ? [{ pointer: `/${name}`, message: converted.fault }] : [];
  });
  const numbers = [
    ['bankCode', /^(?!0000)[0-9]{4}$/, 'must be 4 digits, and not 0000'],
    ['branchCode', /^[0-9]{3}$/, 'must be 3 digits'],
    ['accountNumber', /^(?!0000000)[0-9]{7}$/, 'must be 7 digits, and not 0000000'],
  ] as const;
  for (const [name, pattern, message] of numbers) {
    if (!pattern.test(account[name])) faults.push({ pointer: `/${name}`, message });
  }
  return faults;
}
