import { recordAudit } from '../access/audit/record-audit.ts';
import { accountTermsOf } from '../bank-accounts/bank-account.rules.ts';
import { FIRST_DAY, recordPartyVersion } from '../companies/party-versions.ts';
import { defaultTerms } from '../contracts/contract-input.rules.ts';
import type { GuardedTable, RecordKey } from '../database/guarded-records.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { companyPayableCode } from '../ledger/accounts.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { sampleContract, sampleService } from './sample-terms.ts';

/** What a world takes over of a company: as it was when the world was made. */
export type CopiedCompany = Awaited<ReturnType<typeof readCopiedCompany>>;

/** The company, its services that sell, and its contract of today; no key, person, webhook, sale or account of a bank. */
export async function readCopiedCompany(deps: Deps, companyId: number) {
  const sql = sqlOf(emOf(deps));
  const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const company = await sql
    .selectFrom('company')
    .selectAll()
    .where('id', '=', companyId)
    .executeTakeFirstOrThrow();
  const services = await sql
    .selectFrom('service')
    .selectAll()
    .where('companyId', '=', companyId)
    .where('state', '=', 'active')
    .orderBy('id')
    .execute();
  const contract = await sql
    .selectFrom('contract')
    .selectAll()
    .where('companyId', '=', companyId)
    .where('validFrom', '<=', today)
    .where(({ eb, or }) => or([eb('validTo', 'is', null), eb('validTo', '>', today)]))
    .orderBy('validFrom', 'desc')
    .executeTakeFirst();
  return { company, services: services.filter(({ paidFor }) => paidFor !== null), contract };
}

/** Bank 9999 is nobody's. */
const accounts = {
  JPY: accountTermsOf({
    bankCode: '9999',
    bankName: 'サンドボックス',
    branchCode: '001',
    branchName: 'ミホン',
    accountType: 'ordinary',
    accountNumber: '0000001',
    accountHolder: 'サンドボックス',
  }),
  EUR: accountTermsOf({ iban: 'DE75512108001245126199', accountHolder: 'Sandbox' }),
} as const;

/** Writes a company into its world under the same numbers and codes, so that a program moves to the live service as it is. */
export async function copyCompany(
  world: Deps,
  { company, services, contract }: CopiedCompany,
): Promise<void> {
  const createdAt = world.clock.now();
  const companyId = company.id;
  await inTransaction(world, async (tx) => {
    const row = { ...company, state: 'active' as const, billingEmail: null, createdAt };
    await insertRecorded(tx, 'company', row, [companyId]);
    await recordPartyVersion(tx, { kind: 'company', id: companyId }, FIRST_DAY);
    const payable = { code: companyPayableCode(company.code), kind: 'company-payable', companyId };
    await insertRecorded(tx, 'ledger_account', payable);
    for (const service of services.length > 0 ? services : [sampleService(companyId)]) {
      const id = await insertRecorded(tx, 'service', { ...service, createdAt });
      await recordPartyVersion(tx, { kind: 'service', id }, FIRST_DAY);
    }
    const account = { ...accounts[tx.config.currency], companyId, version: 1, approvalId: null, createdAt };
    await insertRecorded(tx, 'bank_account', account, [companyId, 1]);
    await insertRecorded(tx, 'contract', await contractOf(tx, { companyId, contract, createdAt }));
  });
}

interface Contracted {
  readonly companyId: number;
  readonly contract: CopiedCompany['contract'];
  readonly createdAt: Date;
}

/** A bank account that old contracts have: it stays in the live database. */
const ofOldContracts = {
  bankCode: null,
  bankName: null,
  branchCode: null,
  branchName: null,
  accountType: null,
  accountNumber: null,
  accountHolder: null,
} as const;

/** The contract of today, from the first day of the world on; a tariff that the carrier made for its live service is not here. */
async function contractOf(tx: InTransaction<Deps>, { companyId, contract, createdAt }: Contracted) {
  const tariffs = await sqlOf(tx.em).selectFrom('tariff').select('code').execute();
  const terms = contract ?? { ...sampleContract, ...defaultTerms(sampleContract.legalModel), companyId };
  const isKnown = tariffs.some(({ code }) => code === terms.tariffCode);
  return {
    ...terms,
    ...ofOldContracts,
    // A world has no signing keys, and no page to register one.
    signedRequests: false,
    tariffCode: isKnown ? terms.tariffCode : sampleContract.tariffCode,
    validFrom: sampleContract.validFrom,
    validTo: null,
    createdAt,
  };
}

/** Inserts a guarded row with its audit row. Returns its number, if the table numbers its rows. */
async function insertRecorded(
  tx: InTransaction<Deps>,
  table: GuardedTable,
  row: object,
  key?: RecordKey,
): Promise<number> {
  const { insertId } = await sqlOf(tx.em)
    .insertInto(table as 'company')
    .values(row as never)
    .executeTakeFirstOrThrow();
  const { id } = row as { id?: number };
  const number = id ?? Number(insertId);
  const changed = { table, key: key ?? [number] };
  await recordAudit(tx, { actor: 'job:sandbox', action: 'sandbox.copy', subject: table, changed });
  return number;
}
