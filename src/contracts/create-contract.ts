import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { MAX_AMOUNT_MINOR } from '../shared/money.ts';
import { Problem } from '../shared/problem.ts';
import { compileInputCheck, inputFields, invalidInput } from '../shared/check-input.ts';
import { ContractSchema, type Contract } from './contract.entity.ts';
import { findValidityFaults } from './contract.rules.ts';
import { lockContracts, refuseOverlap } from './lock-contracts.ts';

export interface CreateContract {
  readonly companyCode: string;
  readonly tariffCode: string;
  /** Who bears what a line does not pay: the company (agency, 収納代行) or the carrier (assignment, 債権譲渡). */
  readonly legalModel: 'agency' | 'assignment';
  /** First of a month. */
  readonly validFrom: string;
  /** First of the month after the last; left out, the contract is open-ended. */
  readonly validTo?: string | null | undefined;
  readonly perChargeMaxMinor: bigint;
  readonly lateCharges: 'accept' | 'refuse';
  /** Days after which an authorization that was not captured expires. */
  readonly authorizationDays: number;
  /** The payout comes this many months after the billing period, on this day, moved to this side's bank day. */
  readonly payoutMonths: number;
  readonly payoutDay: number;
  readonly payoutBankDay: 'previous' | 'next';
  readonly bankCode: string;
  readonly bankName: string;
  readonly branchCode: string;
  readonly branchName: string;
  readonly accountType: 'ordinary' | 'current' | 'savings' | 'other';
  readonly accountNumber: string;
  /** Payee as the bank knows it; like the names of bank and branch in what a bank file can carry (`toBankCharacters`). */
  readonly accountHolder: string;
  readonly actor: string;
}

const checkShape = compileInputCheck<CreateContract>({
  tariffCode: inputFields.code,
  legalModel: { enum: ['agency', 'assignment'] },
  validFrom: inputFields.date,
  validTo: inputFields.optionalDate,
  lateCharges: { enum: ['accept', 'refuse'] },
  authorizationDays: { type: 'integer', minimum: 1, maximum: 90 },
  payoutMonths: { type: 'integer', minimum: 1, maximum: 6 },
  payoutDay: { type: 'integer', minimum: 1, maximum: 31 },
  payoutBankDay: { enum: ['previous', 'next'] },
  bankCode: inputFields.bankCode,
  bankName: inputFields.bankName,
  branchCode: inputFields.branchCode,
  branchName: inputFields.bankName,
  accountType: { enum: ['ordinary', 'current', 'savings', 'other'] },
  accountNumber: inputFields.accountNumber,
  accountHolder: inputFields.payeeName,
});

/**
 * Concludes a contract: whole months, none of which another contract of the company covers, on a tariff that
 * holds by then.
 * @throws Problem `invalid-request`, `company-not-found`, `tariff-not-found`, `contract-overlaps`
 */
export async function createContract(deps: Deps, input: CreateContract): Promise<Contract> {
  checkShape(input);
  const { companyCode, actor, ...values } = input;
  const terms = { ...values, validTo: values.validTo ?? null };
  const faults = findValidityFaults(terms);
  if (terms.perChargeMaxMinor < 1n || terms.perChargeMaxMinor > MAX_AMOUNT_MINOR) {
    faults.push({ pointer: '/perChargeMaxMinor', message: `must be 1 to ${MAX_AMOUNT_MINOR}` });
  }
  if (faults.length > 0) throw invalidInput(faults);
  return inTransaction(deps, async (tx) => {
    const { companyId, contracts } = await lockContracts(tx, companyCode);
    await requireTariff(tx, terms);
    refuseOverlap(contracts, terms);
    const contract = tx.em.create(ContractSchema, { ...terms, companyId, createdAt: tx.clock.now() });
    await tx.em.flush();
    const facts = { ...terms, perChargeMaxMinor: String(terms.perChargeMaxMinor) };
    const subject = `contract:${companyCode}/${terms.validFrom}`;
    const changed = { table: 'contract', key: [contract.id] } as const;
    await recordAudit(tx, { actor, action: 'contract.create', subject, facts, changed });
    return contract;
  });
}

async function requireTariff(
  tx: InTransaction<Deps>,
  { tariffCode, validFrom }: { tariffCode: string; validFrom: string },
): Promise<void> {
  const tariff = await sqlOf(tx.em)
    .selectFrom('tariff')
    .select('code')
    .where('code', '=', tariffCode)
    .where('validFrom', '<=', validFrom)
    .limit(1)
    .executeTakeFirst();
  if (tariff) return;
  throw new Problem('tariff-not-found', { detail: `There is no tariff ${tariffCode} on ${validFrom}.` });
}
