import { insertRows } from '../database/rows.ts';
import { queryRows, runPipeline } from '../database/statement-pipeline.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { SourceRow } from './publishing-sources.ts';

/**
 * Numbers events within their companies and writes them as published, oldest first. The transaction has written the row of the
 * publisher, so nobody else numbers meanwhile. Returns how many.
 */
export async function numberSources(tx: InTransaction<Deps>, rows: readonly SourceRow[]): Promise<number> {
  if (rows.length === 0) return 0;
  const ordered = rows.toSorted((a, b) =>
    a.occurredAt < b.occurredAt ? -1 : Number(a.occurredAt > b.occurredAt),
  );
  const companies = [...new Set(ordered.map(({ companyId }) => companyId))];
  const counters = await readCounters(tx, companies);
  const published = ordered.map((row) => {
    const counter = counters.get(row.companyId)!;
    counter.lastSequence += 1n;
    return {
      id: tx.ids.next(),
      companyId: row.companyId,
      sequence: counter.lastSequence,
      type: row.type,
      subjectId: row.subjectId,
      occurredAt: row.occurredAt,
      publishedAt: counter.lastPublishedAt,
      eventId: row.eventId,
      chargeId: row.chargeId,
    };
  });
  const counted = [...counters].map(([companyId, counter]) => ({ companyId, ...counter }));
  await runPipeline(tx.em, [
    insertRows('published_event', published as never),
    insertRows(
      'event_sequence',
      counted as never,
      'ON DUPLICATE KEY UPDATE last_sequence = VALUES(last_sequence), last_published_at = VALUES(last_published_at)',
    ),
  ]);
  return published.length;
}

interface Counter {
  lastSequence: bigint;
  readonly lastPublishedAt: Date;
}

/** The last number of each company; the instant is now, or the last one where that is later by another process's clock. */
async function readCounters(
  tx: InTransaction<Deps>,
  companies: readonly number[],
): Promise<Map<number, Counter>> {
  const now = tx.clock.now();
  const rows = await queryRows<{ companyId: number; lastSequence: string; lastMs: string | number }>(
    tx.em,
    `SELECT company_id AS companyId, CAST(last_sequence AS CHAR) AS lastSequence,
       ROUND(UNIX_TIMESTAMP(last_published_at) * 1000) AS lastMs
     FROM event_sequence WHERE company_id IN (?)`,
    [companies],
  );
  const known = new Map(rows.map((row) => [row.companyId, row]));
  return new Map(
    companies.map((companyId) => {
      const row = known.get(companyId);
      const lastMs = Math.max(now.getTime(), Number(row?.lastMs ?? 0));
      return [companyId, { lastSequence: BigInt(row?.lastSequence ?? 0), lastPublishedAt: new Date(lastMs) }];
    }),
  );
}
