import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { writeDocumentFile } from '../rendering/deliver-document.ts';
import { statementDocument } from '../rendering/printed-document.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import {
  describeSettlements,
  keptCompanyCode,
  type SettlementDocumentContent,
} from '../settlements/settlement-document.ts';
import { mailStatement } from './mail-statement.ts';
import { statementFileName, statementsDir } from './statement-file.ts';
import { getCorrectedStatement } from './statement.queries.ts';

export interface CorrectStatement {
  readonly companyCode: string;
  readonly period: string;
  /** For the record. */
  readonly reason: string;
}

/**
 * Replaces an issued statement by one that names the company and its services as they are known now to have been on its date; it
 * refers to the one before it, and both are kept. The figures are those of the settlement: what is wrong in them is corrected by
 * refunds. Two at once: the second finds nothing to correct.
 * @throws Problem `illegal-state` when none was issued or nothing differs.
 */
export async function correctStatement(
  deps: Deps,
  actor: Actor,
  { companyCode, period, reason }: CorrectStatement,
): Promise<{ readonly number: string; readonly path: string; readonly checksum: string }> {
  authorize(actor, 'statements:correct');
  // Unfinished files stay: the night may be writing them.
  const dir = statementsDir(deps.config.filesDir);
  await mkdir(dir, { recursive: true });
  return await inTransaction(deps, async (tx) => {
    const issued = await lockIssued(tx, companyCode, period);
    if (!issued) {
      const detail = `No statement of ${companyCode} for ${period} was issued: there is nothing to correct.`;
      throw new Problem('illegal-state', { detail });
    }
    const content = await correctContent(tx, issued.id, issued.content);
    if (isDeepStrictEqual(content, issued.content)) {
      const detail = `${issued.number} names ${companyCode} and its services as they were on its date. Correct them with "company edit" or "service edit" first, valid from that date.`;
      throw new Problem('illegal-state', { detail });
    }
    const revision = issued.revision + 1;
    const name = statementFileName(companyCode, period, revision);
    const correction = {
      settlementId: issued.id,
      revision,
      number: `${issued.settlementNumber}-${revision}`,
      correctedOn: businessDateOf(tx.clock.now(), tx.config.timeZone),
      reason,
      content,
    };
    const replaces = { number: issued.number, issueDate: issued.issueDate };
    const statement = await getCorrectedStatement(tx, { ...correction, replaces });
    // A file without its row, of a crash after this, is written again by the next try.
    const { checksum } = await writeDocumentFile(statementDocument(statement), { dir, name });
    await store(tx, actorName(actor), { ...correction, checksum });
    await mailStatement(tx, { settlementId: issued.id, revision, number: correction.number, file: name });
    return { number: correction.number, path: join(dir, name), checksum };
  });
}

/** The newest statement of a company and month, with its settlement locked. */
async function lockIssued(tx: InTransaction<Deps>, companyCode: string, period: string) {
  const row = await sqlOf(tx.em)
    .selectFrom('settlement as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .innerJoin('settlement_document as d', 'd.settlementId', 's.id')
    .innerJoin('statement_file as f', 'f.settlementId', 's.id')
    .select(['s.id', 's.number', 's.settledOn', 'd.content'])
    .where('s.billingPeriod', '=', period)
    .where(({ ref }) => keptCompanyCode(ref('d.content'), ref('c.code')), '=', companyCode)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return undefined;
  const last = await sqlOf(tx.em)
    .selectFrom('statement_correction')
    .select(['revision', 'number', 'correctedOn', 'content'])
    .where('settlementId', '=', row.id)
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst();
  return {
    id: row.id,
    settlementNumber: row.number,
    revision: last?.revision ?? 1,
    number: last?.number ?? row.number,
    issueDate: last?.correctedOn ?? row.settledOn,
    content: last?.content ?? row.content,
  };
}

/** What is kept, with the parties as documents of its date name them now. */
async function correctContent(
  tx: InTransaction<Deps>,
  settlementId: string,
  kept: SettlementDocumentContent,
): Promise<SettlementDocumentContent> {
  const [described] = await describeSettlements(tx, [settlementId]);
  if (!described) throw new Error(`settlement ${settlementId} has no terms`);
  const { company, services } = described.document.content;
  const names = new Map(services.map((service) => [service.id, service]));
  return {
    ...kept,
    company: { ...company, code: kept.company.code },
    services: kept.services.map((service) => {
      const { name, nameEn } = names.get(service.id) ?? service;
      return { ...service, name, nameEn };
    }),
  };
}

async function store(
  tx: InTransaction<Deps>,
  actor: string,
  correction: {
    readonly settlementId: string;
    readonly revision: number;
    readonly number: string;
    readonly correctedOn: string;
    readonly reason: string;
    readonly content: SettlementDocumentContent;
    readonly checksum: string;
  },
): Promise<void> {
  const { settlementId, revision, number, reason, checksum } = correction;
  await sqlOf(tx.em)
    .insertInto('statement_correction')
    .values({ ...correction, correctedBy: actor, createdAt: tx.clock.now() })
    .execute();
  await recordAudit(tx, {
    actor,
    action: 'statement.correct',
    subject: `settlement:${number}`,
    facts: { reason, checksum },
    changed: { table: 'statement_correction', key: [settlementId, revision] },
  });
}
