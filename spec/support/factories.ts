import { randomBytes } from 'node:crypto';
import { accountTermsOf } from '../../src/bank-accounts/bank-account.rules.ts';
import { generateApiKey, hashSecret } from '../../src/companies/api-key.rules.ts';
import type { ApiKey } from '../../src/companies/api-key.entity.ts';
import type { Company } from '../../src/companies/company.entity.ts';
import { defaultTerms } from '../../src/contracts/contract-input.rules.ts';
import type { Contract } from '../../src/contracts/contract.entity.ts';
import type { Service } from '../../src/companies/service.entity.ts';
import type { Consent } from '../../src/consents/consent.entity.ts';
import type { Deps } from '../../src/deps.ts';
import type { Subscriber } from '../../src/identity/subscriber.entity.ts';
import { companyPayableCode } from '../../src/ledger/accounts.ts';
import type { Line } from '../../src/lines/line.entity.ts';
import type { LineHolder } from '../../src/lines/line-holder.entity.ts';
import { recordAudit } from '../../src/access/audit/record-audit.ts';
import type { GuardedTable, RecordKey } from '../../src/database/guarded-records.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction, type InTransaction } from '../../src/database/transaction.ts';
import { recordLineChanges, recordLineDelta } from '../../src/lines/record-line-changes.ts';
import { serviceTerms } from './service-terms.ts';

/** Rows with sensible defaults; a test passes what it is about. Names are unique. */
let made = 0;
const next = () => (made += 1);
const createdAt = new Date('2026-04-01T00:00:00.000Z');

type Row<T> = { -readonly [K in keyof T as T[K] extends (...args: never[]) => unknown ? never : K]: T[K] };
type Over<T> = Partial<Row<T>>;

/** Inserts a guarded row with its audit row, as use cases do. Returns its number, if the table numbers its rows. */
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
  const changed = { table, key: key ?? [Number(insertId)] };
  await recordAudit(tx, { actor: 'spec', action: 'spec.make', subject: table, changed });
  return Number(insertId);
}

export async function makeCompany(deps: Deps, over: Over<Company> = {}) {
  const code = over.code ?? `company-${next()}`;
  const row = {
    code,
    name: `株式会社コンテンツ${made}`,
    nameEn: `Contents ${made} Inc.`,
    address: '東京都千代田区1-1-1',
    registrationNumber: 'T4011001098993',
    registeredFrom: '2023-10-01',
    registeredTo: null,
    state: 'active' as const,
    createdAt,
    ...over,
  };
  const id = await inTransaction(deps, async (tx) => {
    const companyId = await insertRecorded(tx, 'company', row, row.id ? [row.id] : undefined);
    const account = { code: companyPayableCode(code), kind: 'company-payable', companyId };
    await insertRecorded(tx, 'ledger_account', account);
    return companyId;
  });
  return { ...row, id };
}

export async function makeService(deps: Deps, over: Over<Service> & { companyId: number }) {
  const row = {
    code: `service-${next()}`,
    name: `動画見放題${made}`,
    nameEn: `Video ${made}`,
    siteOrigin: 'https://shop.example',
    state: 'active' as const,
    createdAt,
    ...serviceTerms,
    ...over,
  };
  const key = row.id ? [row.id] : undefined;
  const id = await inTransaction(deps, (tx) => insertRecorded(tx, 'service', row, key));
  return { ...row, id };
}

export async function makeContract(deps: Deps, over: Over<Contract> & { companyId: number }) {
  const row = {
    tariffCode: 'flets-2011',
    legalModel: 'agency' as const,
    validFrom: '2026-01-01',
    validTo: null,
    perChargeMaxMinor: 10_000n,
    lateCharges: 'accept' as const,
    authorizationDays: 7,
    payoutMonths: 2,
    payoutDay: 31,
    payoutBankDay: 'previous' as const,
    ...defaultTerms(over.legalModel ?? 'agency'),
    createdAt,
    ...over,
  };
  const key = row.id ? [row.id] : undefined;
  const id = await inTransaction(deps, async (tx) => {
    await requireBankAccount(tx, row.companyId);
    return insertRecorded(tx, 'contract', row, key);
  });
  return { ...row, id };
}

const accountsIn = {
  JPY: accountTermsOf({
    bankCode: '9999',
    bankName: 'ミホン',
    branchCode: '001',
    branchName: 'ホンテン',
    accountType: 'ordinary',
    accountNumber: '1234567',
    accountHolder: 'カ）コンテンツ',
  }),
  EUR: accountTermsOf({ iban: 'DE75512108001245126199', accountHolder: 'Contenu SA' }),
} as const;

/** A company with a contract has a bank account. */
async function requireBankAccount(tx: InTransaction<Deps>, companyId: number): Promise<void> {
  const accounts = sqlOf(tx.em).selectFrom('bank_account').select('version');
  if (await accounts.where('companyId', '=', companyId).executeTakeFirst()) return;
  const row = { ...accountsIn[tx.config.currency], companyId, version: 1, approvalId: null, createdAt };
  await insertRecorded(tx, 'bank_account', row, [companyId, 1]);
}

/** Writes the audit rows of lines that a spec has inserted with their holders. */
export async function recordLines(tx: InTransaction<Deps>, lineIds: readonly string[]): Promise<void> {
  const audit = { actor: 'spec', action: 'spec.make', subject: 'line-master' };
  await recordLineDelta(tx, audit, { linesDelta: lineIds.length, digestDelta: 0n });
  await recordLineChanges(tx, audit, lineIds);
}

/** Changes a line as an import would, with its audit row. */
export async function changeLine(
  deps: Deps,
  lineId: string,
  values: Partial<Pick<Line, 'closingGroup' | 'status'>>,
) {
  await inTransaction(deps, async (tx) => {
    await sqlOf(tx.em).updateTable('line').set(values).where('lineId', '=', lineId).execute();
    await recordLineChanges(tx, { actor: 'spec', action: 'spec.change', subject: lineId }, [lineId]);
  });
}

/** A line and its holder. */
export async function makeLine(deps: Deps, over: Over<Line> & { holder?: Over<LineHolder> } = {}) {
  const { holder, ...line } = over;
  const row = {
    lineId: `CAF${String(next()).padStart(10, '0')}`,
    closingGroup: 31 as const,
    status: 'active' as const,
    monthlyLimitMinor: null,
    updatedAt: createdAt,
    ...line,
  };
  const holderRow = {
    lineId: row.lineId,
    validFrom: '2026-01-01',
    validTo: null,
    holder: `東西 花子${made}`,
    birthDate: null,
    email: null,
    updatedAt: createdAt,
    ...holder,
  };
  await inTransaction(deps, async (tx) => {
    const sql = sqlOf(tx.em);
    await sql.insertInto('line').values(row).execute();
    await sql.insertInto('line_holder').values(holderRow).execute();
    await recordLines(tx, [row.lineId]);
  });
  return { ...row, holderFrom: holderRow.validFrom };
}

export async function makeSubscriber(deps: Deps, over: Over<Subscriber> & { lineId: string }) {
  const row = {
    issuedId: `F${String(next()).padStart(8, '0')}`,
    holderFrom: '2026-01-01',
    slot: 1,
    displayName: `花子${made}`,
    isHolder: null,
    language: null,
    passwordHash: null,
    passwordTemporary: false,
    monthlyLimitMinor: null,
    state: 'active' as const,
    createdAt,
    endedAt: null,
    ...over,
  };
  const key = row.id ? [row.id] : undefined;
  const id = await inTransaction(deps, (tx) => insertRecorded(tx, 'subscriber', row, key));
  return { ...row, id };
}

/** A standing consent that a subscriber has agreed to. */
export async function makeConsent(
  deps: Deps,
  over: Over<Consent> & { companyId: number; serviceId: number; subscriberId: number; lineId: string },
) {
  const row = {
    id: deps.ids.next(),
    holderFrom: '2026-01-01',
    description: '都度課金への同意',
    perChargeMaxMinor: null,
    state: 'active' as const,
    createdAt,
    agreedAt: createdAt,
    endedAt: null,
    ...over,
  };
  const sql = sqlOf(deps.orm.em.fork());
  await sql.insertInto('consent').values(row).execute();
  const { id: subjectId, companyId } = row;
  const decided = { state: 'confirmed' as const, expiresAt: row.createdAt, decidedAt: row.agreedAt };
  const checkout = { subjectId, kind: 'consent' as const, companyId, returnUrl: 'https://shop.example/' };
  await sql
    .insertInto('checkout')
    .values({ ...checkout, ...decided })
    .execute();
  return row;
}

/** A key of a company; `token` is what the company sends. */
export async function makeApiKey(deps: Deps, over: Over<ApiKey> & { companyId: number }) {
  const key = generateApiKey(deps.ids);
  const row = {
    id: key.id,
    label: 'test',
    secretHash: hashSecret(key.secret),
    scopes:
      'charges:read charges:write subscriptions:read subscriptions:write consents:read consents:write payment-requests:read payment-requests:write refunds:read refunds:write settlements:read reports:read line-checks:write events:read webhooks:read webhooks:write',
    createdAt,
    revokedAt: null,
    ...over,
  };
  await inTransaction(deps, (tx) => insertRecorded(tx, 'api_key', row, [row.id]));
  return { ...row, token: key.token };
}

/** A company with a service and a contract, and a line with a subscriber who agreed to usage charges. */
export async function makeSale(
  deps: Deps,
  over: { closingGroup?: Line['closingGroup']; tariffCode?: string } = {},
) {
  const company = await makeCompany(deps);
  const service = await makeService(deps, { companyId: company.id });
  const contract = await makeContract(deps, {
    companyId: company.id,
    tariffCode: over.tariffCode ?? 'flets-2011',
  });
  const line = await makeLine(deps, { closingGroup: over.closingGroup ?? 31 });
  const subscriber = await makeSubscriber(deps, { lineId: line.lineId });
  const of = {
    companyId: company.id,
    serviceId: service.id,
    subscriberId: subscriber.id,
    lineId: line.lineId,
  };
  const consent = await makeConsent(deps, of);
  const buyer = { subscriberId: subscriber.id, lineId: line.lineId, holderFrom: line.holderFrom };
  return { company, service, contract, line, subscriber, consent, buyer };
}

/** Random text for secrets of tests. */
export const randomText = () => randomBytes(24).toString('base64url');
