import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { queueMail } from '../mails/queue-mail.ts';

interface IssuedStatement {
  readonly settlementId: string;
  /** 1 for the statement itself, 2 for its first correction. */
  readonly revision: number;
  readonly number: string;
  /** Name of its file in the folder of statements. */
  readonly file: string;
}

/** Queues the mail that brings a statement to the company's billing address, once; none without such an address. */
export async function mailStatement(
  tx: InTransaction<Deps>,
  { settlementId, revision, number, file }: IssuedStatement,
): Promise<void> {
  const row = await sqlOf(tx.em)
    .selectFrom('settlement as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .leftJoin('settlement_document as d', 'd.settlementId', 's.id')
    .select(['s.billingPeriod', 's.payoutMinor', 's.payoutOn'])
    .select(['c.name', 'c.nameEn', 'c.billingEmail', 'c.billingLanguage', 'd.content'])
    .where('s.id', '=', settlementId)
    .executeTakeFirstOrThrow();
  if (!row.billingEmail) return;
  const { payoutMinor } = row;
  await queueMail(tx, {
    kind: 'statement-issued',
    to: row.billingEmail,
    language: row.billingLanguage ?? 'ja',
    dedupeKey: `statement-issued:${settlementId}:${revision}`,
    facts: {
      company: { ja: row.name, en: row.nameEn },
      what: revision === 1 ? 'issued' : 'corrected',
      statementNumber: number,
      month: row.billingPeriod,
      payoutMinor,
      payoutOn: payoutMinor > 0n ? (row.content?.transferOn ?? row.payoutOn) : null,
      file,
    },
  });
}
