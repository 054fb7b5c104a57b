import type { ChangeAuthority } from '../access/approvals/change-authority.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { appendEvents } from '../events/append-events.ts';
import { Problem } from '../shared/problem.ts';
import { ContractSchema, type Contract } from './contract.entity.ts';
import { readContractTerms, type ContractInput, type ContractTerms } from './contract-input.rules.ts';
import { lockContracts, refuseOverlap } from './lock-contracts.ts';
import { refuseSettledMonths } from './refuse-settled-months.ts';

/**
 * Concludes a contract: whole months, none of which another contract of the company covers, on a tariff that
 * holds by then, with a company that has a bank account to be paid to. It may begin in a month that is over, as long as the company is
 * not settled for that month or a later one.
 * @throws Problem `invalid-request`, `company-not-found`, `bank-account-missing`, `tariff-not-found`, `contract-overlaps`,
 *   `month-settled`
 */
export async function concludeContract(
  tx: InTransaction<Deps>,
  authority: ChangeAuthority,
  input: ContractInput,
): Promise<Contract> {
  const { terms, companyId } = await checkContract(tx, input);
  const row = { ...terms, companyId, createdAt: tx.clock.now() };
  const contract = tx.em.create(ContractSchema, row);
  await tx.em.flush();
  await recordAudit(tx, {
    actor: authority.actorName,
    action: 'contract.create',
    subject: `contract:${input.companyCode}/${terms.validFrom}`,
    facts: { ...amountsAsText(terms), ...authority.facts },
    changed: { table: 'contract', key: [contract.id] },
  });
  const { tariffCode, validFrom, validTo } = terms;
  await appendEvents(tx, [
    {
      type: 'contract.created',
      subject: `${input.companyCode}/${validFrom}`,
      companyId,
      snapshot: { tariffCode, validFrom, validTo },
    },
  ]);
  return contract;
}

/** Checks everything that `concludeContract` refuses, with the company locked. */
export async function checkContract(tx: InTransaction<Deps>, input: ContractInput) {
  const terms = readContractTerms(input);
  const { companyId, contracts } = await lockContracts(tx, input.companyCode);
  await requireAccount(tx, companyId, input.companyCode);
  await requireTariff(tx, terms);
  refuseOverlap(contracts, terms);
  await refuseSettledMonths(tx, { companyId, companyCode: input.companyCode, validFrom: terms.validFrom });
  return { terms, companyId };
}

/** For the audit trail: JSON has no `bigint`. */
function amountsAsText(terms: ContractTerms): Record<string, unknown> {
  const members = Object.entries(terms) as [string, unknown][];
  return Object.fromEntries(
    members.map(([field, value]) => [field, typeof value === 'bigint' ? String(value) : value]),
  );
}

async function requireAccount(tx: InTransaction<Deps>, companyId: number, code: string): Promise<void> {
  const account = await sqlOf(tx.em)
    .selectFrom('bank_account')
    .select('version')
    .where('companyId', '=', companyId)
    .limit(1)
    .executeTakeFirst();
  if (account) return;
  throw new Problem('bank-account-missing', { detail: `${code} has no bank account to be paid to.` });
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
    // Its next version waits, and then finds this contract.
    .forUpdate()
    .executeTakeFirst();
  if (tariff) return;
  throw new Problem('tariff-not-found', { detail: `There is no tariff ${tariffCode} on ${validFrom}.` });
}
