import { sql, type Expression } from 'kysely';
import type { Config } from '../../config/config.ts';
import { ownTermsOf, type EnteredAccount } from '../bank-accounts/bank-account.rules.ts';
import { recordDigestSql, recordVersionSql } from '../database/guarded-records.ts';
import type { ChangeAuthority } from '../access/approvals/change-authority.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { partiesOn } from '../companies/party-versions.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { transferDate } from '../shared/order-window.rules.ts';
import type { Locale } from '../shared/money.ts';
import type { TariffDefinition } from '../tariffs/tariff.rules.ts';

/**
 * What the statement and the payout of a settlement have besides its figures: names, addresses, registration numbers,
 * terms and the bank account, as of its approval.
 */
export interface SettlementDocumentContent {
  /** None for settlements of older releases: the carrier as configured now. */
  readonly issuer: Config['carrier'] | null;
  readonly company: {
    readonly code: string;
    readonly name: string;
    readonly nameEn: string;
    readonly address: string;
    readonly registrationNumber: string | null;
    readonly registeredFrom: string | null;
    readonly registeredTo: string | null;
    /** Of the statement; none in documents of older releases, which are Japanese. */
    readonly language?: Locale;
  };
  readonly contract: {
    readonly validFrom: string;
    readonly legalModel: 'agency' | 'assignment';
    readonly payoutMonths: number;
    readonly payoutDay: number;
    readonly payoutBankDay: 'previous' | 'next';
    /** In yen; none in documents of older releases. */
    readonly minimumPayoutMinor?: number;
  };
  /**
   * When the payout can be transferred: the day that is due, or the first one that could be ordered after the approval. None in drafts
   * and in documents of older releases: the day that is due.
   */
  readonly transferOn?: string;
  /** Of an account in Japan, what it has of codes; of one in the euro area, its IBAN and BIC beside empty codes. */
  readonly bankAccount: EnteredAccount & {
    /** Version of the company's bank account; none for settlements of releases in which it was part of the contract. */
    readonly version?: number;
  };
  readonly tariff: { readonly name: string; readonly nameEn: string; readonly definition: TariffDefinition };
  /**
   * The statement names the set-up fee's own qualified invoice; not so in documents of older releases, whose statements stay byte
   * for byte as they were issued.
   */
  readonly isSetUpInvoicedApart?: true;
  /** All of the company, in the order of their codes. */
  readonly services: readonly {
    readonly id: number;
    readonly code: string;
    readonly name: string;
    readonly nameEn: string;
  }[];
}

/** Code of the company in a document (a column of this name), or another where there is none. */
export function keptCompanyCode(content: Expression<unknown>, otherwise: Expression<unknown>) {
  return sql<string>`COALESCE(JSON_VALUE(${content}, '$.company.code'), ${otherwise})`;
}

/**
 * Stores the documents of settlements that are approved in the same transaction, and the audit rows of
 * both: later changes of either are detected.
 */
export async function keepDocuments(
  tx: InTransaction<Deps>,
  settlementIds: readonly string[],
  authority: ChangeAuthority,
): Promise<void> {
  const createdAt = tx.clock.now();
  const described = await describeSettlements(tx, settlementIds);
  const due = await listDueDates(tx, settlementIds);
  const approvedOn = businessDateOf(createdAt, tx.config.timeZone);
  const documents = described.map(({ number, document }) => {
    const transferOn = transferDate(due.get(document.settlementId)!, approvedOn, tx.config.currency);
    return { number, document: { ...document, content: { ...document.content, transferOn } } };
  });
  await sqlOf(tx.em)
    .insertInto('settlement_document')
    .values(documents.map(({ document }) => ({ ...document, adopted: false, createdAt })))
    .execute();
  for (const { number, document } of documents) {
    const { settlementId } = document;
    const line = { actor: authority.actorName, subject: `settlement:${number}`, facts: authority.facts };
    const settlement = { table: 'settlement', key: [settlementId] } as const;
    await recordAudit(tx, { ...line, action: 'settlement.approve', changed: settlement });
    const kept = { table: 'settlement_document', key: [settlementId] } as const;
    await recordAudit(tx, { ...line, action: 'settlement.keep-document', changed: kept });
  }
}

/**
 * What the documents of settlements would keep now: of a draft it follows the contracts and bank accounts, and the companies and
 * services as documents of the settlement's date name them.
 */
export async function describeSettlements(tx: InTransaction<Deps>, settlementIds: readonly string[]) {
  const described = [];
  for (const settledOn of await listDates(tx, settlementIds)) {
    // oxlint-disable-next-line no-await-in-loop -- one connection; settlements of one approval have few dates
    described.push(...(await describeOn(tx, settlementIds, settledOn)));
  }
  return described;
}

async function listDueDates(
  tx: InTransaction<Deps>,
  settlementIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await sqlOf(tx.em)
    .selectFrom('settlement')
    .select(['id', 'payoutOn'])
    .where('id', 'in', settlementIds)
    .execute();
  return new Map(rows.map(({ id, payoutOn }) => [id, payoutOn]));
}

async function listDates(tx: InTransaction<Deps>, settlementIds: readonly string[]): Promise<string[]> {
  const rows = await sqlOf(tx.em)
    .selectFrom('settlement')
    .select('settledOn')
    .distinct()
    .where('id', 'in', settlementIds)
    .orderBy('settledOn')
    .execute();
  return rows.map(({ settledOn }) => settledOn);
}

async function describeOn(tx: InTransaction<Deps>, settlementIds: readonly string[], settledOn: string) {
  const rows = await listTerms(tx, settlementIds, settledOn);
  const services = await sqlOf(tx.em)
    .selectFrom('service as e')
    .innerJoin(partiesOn('service', settledOn).$castTo<PartyRow>().as('v'), 'v.party_id', 'e.id')
    .select(['e.companyId', 'e.id', 'e.code'])
    .select(['v.name', 'v.name_en as nameEn'])
    .where('e.companyId', 'in', [...new Set(rows.map(({ companyId }) => companyId))])
    .orderBy('e.code')
    .execute();
  const ofCompany = Map.groupBy(services, ({ companyId }) => companyId);
  return rows.map((row) => ({
    number: row.number,
    document: {
      settlementId: row.settlementId,
      content: contentOf(row, tx.config.carrier, ofCompany.get(row.companyId) ?? []),
      contractVersion: row.contractVersion,
      contractDigest: row.contractDigest,
      companyVersion: row.companyVersion,
      companyDigest: row.companyDigest,
    },
  }));
}

/** A row of `partiesOn`. */
interface PartyRow {
  readonly party_id: number;
  readonly name: string;
  readonly name_en: string;
  readonly address: string;
  readonly registration_number: string | null;
  readonly registered_from: string | null;
  readonly registered_to: string | null;
  readonly record_version: number | null;
  readonly record_digest: string | null;
}

type Terms = Awaited<ReturnType<typeof listTerms>>[number];

function contentOf(
  row: Terms,
  issuer: Config['carrier'],
  services: SettlementDocumentContent['services'],
): SettlementDocumentContent {
  return {
    issuer: { ...issuer },
    company: {
      code: row.code,
      name: row.name,
      nameEn: row.nameEn,
      address: row.address,
      registrationNumber: row.registrationNumber,
      registeredFrom: row.registeredFrom,
      registeredTo: row.registeredTo,
      language: row.billingLanguage ?? 'ja',
    },
    contract: {
      validFrom: row.validFrom,
      legalModel: row.legalModel,
      payoutMonths: row.payoutMonths,
      payoutDay: row.payoutDay,
      payoutBankDay: row.payoutBankDay,
      minimumPayoutMinor: Number(row.minimumPayoutMinor),
    },
    bankAccount: {
      version: row.version,
      ...ownTermsOf(row),
    },
    tariff: { name: row.tariffName, nameEn: row.tariffNameEn, definition: row.definition },
    isSetUpInvoicedApart: true,
    services: services.map(({ id, code, name, nameEn }) => ({ id, code, name, nameEn })),
  };
}

function listTerms(tx: InTransaction<Deps>, settlementIds: readonly string[], settledOn: string) {
  return (
    sqlOf(tx.em)
      .selectFrom('settlement as s')
      .innerJoin('company as c', 'c.id', 's.companyId')
      .innerJoin(partiesOn('company', settledOn).$castTo<PartyRow>().as('v'), 'v.party_id', 'c.id')
      .innerJoin('contract as k', 'k.id', 's.contractId')
      .innerJoin('bank_account as b', (join) =>
        join.onRef('b.companyId', '=', 's.companyId').on('b.version', '=', ({ selectFrom }) =>
          selectFrom('bank_account as n')
            .select(({ fn }) => fn.max('n.version').as('newest'))
            .whereRef('n.companyId', '=', 's.companyId'),
        ),
      )
      .innerJoin('tariff as t', (join) =>
        join.onRef('t.code', '=', 's.tariffCode').onRef('t.validFrom', '=', 's.tariffFrom'),
      )
      .select(['s.id as settlementId', 's.number', 's.companyId'])
      .select(['c.code', 'c.billingLanguage', 'v.name', 'v.name_en as nameEn', 'v.address'])
      .select(['v.registration_number as registrationNumber'])
      .select(['v.registered_from as registeredFrom', 'v.registered_to as registeredTo'])
      .select(['k.validFrom', 'k.legalModel', 'k.payoutMonths', 'k.payoutDay', 'k.payoutBankDay'])
      .select('k.minimumPayoutMinor')
      .select(['b.version', 'b.bankCode', 'b.bankName', 'b.branchCode', 'b.branchName'])
      .select(['b.accountType', 'b.accountNumber', 'b.accountHolder', 'b.iban', 'b.bic'])
      .select(['t.name as tariffName', 't.nameEn as tariffNameEn', 't.definition'])
      // Of the rows as they are read here: the check compares them with the audit trail of that moment.
      .select([
        recordVersionSql('contract', 'k').as('contractVersion'),
        recordDigestSql('contract', 'k').as('contractDigest'),
      ])
      .select(['v.record_version as companyVersion', 'v.record_digest as companyDigest'])
      .where('s.id', 'in', settlementIds)
      .where('s.settledOn', '=', settledOn)
      .orderBy('s.id')
      .execute()
  );
}
