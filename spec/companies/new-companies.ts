import { enterFirstAccount } from '../../src/bank-accounts/enter-first-account.ts';
import { createCompany, type CreateCompany } from '../../src/companies/create-company.ts';
import type { ContractInput } from '../../src/contracts/contract-input.rules.ts';
import type { Deps } from '../../src/deps.ts';
import { staff } from '../support/actors.ts';
import { hanako } from '../support/people.ts';

/** Who creates what these make. */
export const actor = staff('spec');

let made = 0;
export const newCode = (): string => `firm-${(made += 1)}`;

export function companyOf(over: Partial<CreateCompany> = {}): CreateCompany {
  const names = { name: '株式会社東雲', nameEn: 'Shinonome Inc.', address: '東京都江東区1-1' };
  return { code: newCode(), ...names, ...over };
}

export function contractOf(companyCode: string, over: Partial<ContractInput> = {}): ContractInput {
  const payout = { payoutMonths: 2, payoutDay: 31, payoutBankDay: 'previous' } as const;
  const terms = { legalModel: 'agency', lateCharges: 'accept', authorizationDays: 7 } as const;
  const tariff = { tariffCode: 'flets-2011', validFrom: '2026-04-01', perChargeMaxMinor: 10_000n };
  return { companyCode, ...tariff, ...terms, ...payout, ...over };
}

export async function newCompany(deps: Deps): Promise<{ id: number; code: string }> {
  const { company } = await createCompany(deps, actor, companyOf());
  return { id: company.id, code: company.code };
}

/** A company that can be paid. */
export async function newSeller(deps: Deps): Promise<{ id: number; code: string }> {
  const company = await newCompany(deps);
  const bank = { bankCode: '9999', bankName: 'ミホン', branchCode: '001', branchName: 'ホンテン' };
  const account = { accountType: 'ordinary', accountNumber: '1234567', accountHolder: 'シノノメ' } as const;
  await enterFirstAccount(deps, hanako, { companyCode: company.code, ...bank, ...account });
  return company;
}
