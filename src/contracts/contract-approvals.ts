import { changesBetween, type ApprovalKind } from '../access/approvals/approval-kind.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { describeTariff } from '../tariffs/tariff-wording.rules.ts';
import { checkContract, concludeContract } from './conclude-contract.ts';
import type { ContractInput, ContractTerms } from './contract-input.rules.ts';
import { checkContractEnd, setContractEnd, type ContractEnd } from './end-contract.ts';
import { lockContracts } from './lock-contracts.ts';

const rights = { propose: 'contracts:propose', approve: 'contracts:approve' } as const;

/** A contract with a company. */
export const contractApproval: ApprovalKind<ContractInput> = {
  kind: 'contract.create',
  ...rights,
  readInput: (stored) => ({ ...stored, ...readAmounts(stored) }) as ContractInput,
  async lockSubject(tx, { companyCode, tariffCode }) {
    return lockTerms(tx, companyCode, tariffCode);
  },
  async preview(tx, input) {
    const { terms } = await checkContract(tx, input);
    return { ...changesBetween({}, terms), ...changesBetween({}, await describeVersions(tx, terms)) };
  },
  async execute(tx, authority, input) {
    await concludeContract(tx, authority, input);
  },
};

/** The day on which a contract ends. */
export const contractEndApproval: ApprovalKind<ContractEnd> = {
  kind: 'contract.end',
  ...rights,
  readInput: (stored) => stored as unknown as ContractEnd,
  async lockSubject(tx, { companyCode }) {
    return lockTerms(tx, companyCode);
  },
  async preview(tx, input) {
    const { validTo: before } = await checkContractEnd(tx, input);
    return changesBetween({ validTo: before }, { validTo: input.validTo });
  },
  async execute(tx, authority, input) {
    await setContractEnd(tx, authority, input);
  },
};

/** A proposal of an earlier release has only the first of them. */
function readAmounts(stored: Readonly<Record<string, unknown>>): Partial<ContractInput> {
  const names = ['perChargeMaxMinor', 'setUpFeeMinor', 'minimumPayoutMinor', 'transferFeeMinor'] as const;
  const present = names.filter((name) => stored[name] !== undefined);
  return Object.fromEntries(present.map((name) => [name, BigInt(stored[name] as string)]));
}

/** The fee of each version of the tariff that is in force in the contract's time, in words: what the company will be billed. */
async function describeVersions(tx: InTransaction<Deps>, { tariffCode, validFrom, validTo }: ContractTerms) {
  const versions = await sqlOf(tx.em)
    .selectFrom('tariff')
    .select(['validFrom', 'definition'])
    .where('code', '=', tariffCode)
    .orderBy('validFrom')
    .execute();
  const first = versions.findLastIndex((version) => version.validFrom <= validFrom);
  const inForce = versions.filter(
    (version, index) => index >= first && (validTo == null || version.validFrom < validTo),
  );
  return Object.fromEntries(
    inForce.flatMap((version) => [
      [`fee ${version.validFrom}`, describeTariff(version.definition, 'en')],
      [`feeJa ${version.validFrom}`, describeTariff(version.definition, 'ja')],
    ]),
  );
}

/** The contracts of a company with all their terms, and the definition of a tariff: what a proposer has to see. */
async function lockTerms(tx: InTransaction<Deps>, companyCode: string, tariffCode?: string) {
  const { companyId } = await lockContracts(tx, companyCode);
  const sql = sqlOf(tx.em);
  const contracts = await sql
    .selectFrom('contract')
    .selectAll()
    .where('companyId', '=', companyId)
    .orderBy('id')
    .forUpdate()
    .execute();
  const tariffs = await sql
    .selectFrom('tariff')
    .select(['code', 'validFrom', 'definition'])
    .where('code', '=', tariffCode ?? '')
    .orderBy('validFrom')
    .forUpdate()
    .execute();
  return { subject: `company:${companyCode}`, version: { contracts, tariffs } };
}
