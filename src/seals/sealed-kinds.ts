import { decodeTime, encodeTime } from 'ulid';
import { queryRows } from '../database/statement-pipeline.ts';
import type { Em } from '../database/orm.ts';
import { addDays } from '../shared/calendar.rules.ts';

/** Which rows: of the table `r`, with a condition. */
export interface Part {
  readonly from: string;
  readonly where: string;
  readonly values: readonly unknown[];
}

/** What the newest seal tells whoever looks for rows that came after it. */
export interface LastSeal {
  readonly number: number;
  readonly businessDate: string;
  readonly takenAt: Date;
}

/** Rows that never change once they are there, sealed bucket by bucket. */
export interface SealedKind {
  readonly table: string;
  /** Columns that say in which bucket a row is, not part of the order inside it. */
  readonly fixed?: readonly string[];
  /** Columns that may rightly change. */
  readonly mutable?: readonly string[];
  /** The index in whose order the rows are read, up to its column `id`; the primary key, when left out. Unique inside a bucket. */
  readonly index?: string;
  /** A bucket is complete when it is first sealed: every row of it belongs to that seal. */
  readonly complete?: true;
  /** What else a reader of the rows is told, as SQL. */
  readonly note?: string;
  part(bucket: string): Part;
  listBuckets(em: Em): Promise<string[]>;
  /** The buckets that may have rows which no seal has and the next may take. */
  listOpen(em: Em, last: LastSeal | undefined): Promise<string[]>;
  /** The last date of the rows of a bucket. */
  dateOf(bucket: string): string;
  /** Whether a row that no seal has should be in the newest one or an earlier one, by what its key says of its time. */
  isOverdue(row: { readonly bucket: string; readonly keyText: string }, last: LastSeal): boolean;
}

const ALWAYS = '9999-12-31';
const ONE_BUCKET = 'all';

async function listNames(em: Em, text: string, values: readonly unknown[] = []): Promise<string[]> {
  const rows = await queryRows<{ name: string | number }>(em, text, values);
  return rows.map(({ name }) => String(name));
}

/**
 * Ledger entries by business date. A date is open through the night after the one that sealed it, and when a job of
 * that date's night has finished since: one that had failed posts late, and rightly so.
 */
const ledgerEntries: SealedKind = {
  table: 'ledger_entry',
  fixed: ['business_date'],
  part: (bucket) => ({ from: 'ledger_entry r', where: 'r.business_date = ?', values: [bucket] }),
  listBuckets: (em) => listNames(em, 'SELECT DISTINCT business_date AS name FROM ledger_entry'),
  async listOpen(em, last) {
    if (!last) return ledgerEntries.listBuckets(em);
    const from = last.businessDate;
    const recent = await listNames(
      em,
      'SELECT DISTINCT business_date AS name FROM ledger_entry WHERE business_date >= ?',
      [from],
    );
    const madeUp = await listNames(
      em,
      "SELECT DISTINCT business_date AS name FROM run WHERE part = '' AND finished_at > ? AND business_date < ?",
      [last.takenAt, from],
    );
    return [...madeUp, ...recent];
  },
  dateOf: (bucket) => bucket,
  isOverdue: ({ bucket }, last) => bucket <= last.businessDate,
};

/** Of an identifier's ten characters of time: buckets of some nine hours. */
const TIME_PREFIX = 5;

/** Audit rows by the beginning of their identifiers, which is their time. */
export const auditEntries: SealedKind = {
  table: 'audit_entry',
  note: "SUBSTRING_INDEX(r.subject, ':', 1)",
  part: (bucket) => ({
    from: 'audit_entry r',
    where: 'r.id LIKE ?',
    values: [`${bucket.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`],
  }),
  listBuckets: (em) => listNames(em, `SELECT DISTINCT LEFT(id, ${TIME_PREFIX}) AS name FROM audit_entry`),
  listOpen: (em, last) =>
    last
      ? listNames(em, `SELECT DISTINCT LEFT(id, ${TIME_PREFIX}) AS name FROM audit_entry WHERE id >= ?`, [
          encodeTime(Date.parse(addDays(last.businessDate, -1))).slice(0, TIME_PREFIX),
        ])
      : auditEntries.listBuckets(em),
  dateOf(bucket) {
    try {
      const end = decodeTime(`${bucket.padEnd(10, 'Z')}${'0'.repeat(16)}`);
      return new Date(end).toISOString().slice(0, 10);
    } catch {
      return ALWAYS;
    }
  },
  isOverdue: ({ keyText }, last) => keyText.slice(1) < encodeTime(last.takenAt.getTime()),
};

/** What a closed billing period is made of. Bucket: `2026-05/31`. */
function ofClosedPeriod(table: string, from: string, more: Partial<SealedKind> = {}): SealedKind {
  return {
    table,
    fixed: ['billing_period', 'closing_group'],
    complete: true,
    part(bucket) {
      const [period, group] = bucket.split('/');
      return { from, where: 'r.billing_period = ? AND r.closing_group = ?', values: [period, group] };
    },
    listBuckets: (em) => listClosed(em),
    listOpen: (em) => listClosed(em, table),
    dateOf: (bucket) => `${bucket.slice(0, 7)}-31`,
    // One that closed since is complete with the next seal.
    isOverdue: () => false,
    ...more,
  };
}

/** The closed billing periods; of a kind, those that no seal has. */
function listClosed(em: Em, unsealedKind?: string): Promise<string[]> {
  const bucket = "CONCAT(p.period, '/', p.closing_group)";
  const unsealed = `AND NOT EXISTS (SELECT 1 FROM seal_member m JOIN seal s ON s.number = m.number WHERE m.kind = ? AND m.bucket = ${bucket})`;
  return listNames(
    em,
    `SELECT ${bucket} AS name FROM billing_period p WHERE p.state = 'closed'
     ${unsealedKind === undefined ? '' : unsealed} ORDER BY p.period, p.closing_group`,
    unsealedKind === undefined ? [] : [unsealedKind],
  );
}

/** Tables of which rows are only ever added, few of them; `where`: once they are final. */
function smallTable(table: string, where = 'TRUE'): SealedKind {
  return {
    table,
    part: () => ({ from: `${table} r`, where, values: [] }),
    listBuckets: () => Promise.resolve([ONE_BUCKET]),
    listOpen: () => Promise.resolve([ONE_BUCKET]),
    dateOf: () => ALWAYS,
    isOverdue: () => false,
  };
}

/** Settlements that are no draft any more, by billing period. Their state moves on. */
function ofSettlement(table: string, from: string, settlement: string, mutable: string[]): SealedKind {
  const { listOpen: _, ...common } = smallTable(table);
  const periods = "SELECT DISTINCT billing_period AS name FROM settlement WHERE state <> 'draft'";
  return {
    ...common,
    mutable,
    part: (bucket) => ({
      from,
      where: `${settlement}.billing_period = ? AND ${settlement}.state <> 'draft'`,
      values: [bucket],
    }),
    listBuckets: (em) => listNames(em, periods),
    listOpen: (em) =>
      listNames(
        em,
        `SELECT n.period AS name
         FROM (SELECT ${settlement}.billing_period AS period, COUNT(*) AS there FROM ${from} WHERE ${settlement}.state <> 'draft' GROUP BY 1) n
         LEFT JOIN (SELECT m.bucket, SUM(m.row_count) AS sealed FROM seal_member m JOIN seal s ON s.number = m.number WHERE m.kind = ? GROUP BY m.bucket) m
           ON m.bucket = n.period
         WHERE n.there > COALESCE(m.sealed, 0) ORDER BY n.period`,
        [table],
      ),
    dateOf: (bucket) => `${bucket}-31`,
  };
}

/** What is sealed for ever beside the audit trail, in the order of the seals' content. */
export const sealedKinds: readonly SealedKind[] = [
  ledgerEntries,
  ofClosedPeriod('billing_period', 'billing_period r', {
    fixed: [],
    part(bucket) {
      const [period, group] = bucket.split('/');
      const where = "r.period = ? AND r.closing_group = ? AND r.state = 'closed'";
      return { from: 'billing_period r', where, values: [period, group] };
    },
  }),
  ofClosedPeriod('closed_period_party', 'closed_period_party r'),
  ofClosedPeriod('line_invoice', 'line_invoice r'),
  ofClosedPeriod('line_invoice_tax', 'line_invoice_tax r'),
  ofClosedPeriod('invoice_item', 'invoice_item r'),
  ofClosedPeriod('charge', 'charge r FORCE INDEX (charge_to_fold)', {
    index: 'charge_to_fold',
    part(bucket) {
      const [period, group] = bucket.split('/');
      const where = 'r.billing_period = ? AND r.closing_group = ? AND r.captured_minor IS NOT NULL';
      return { from: 'charge r FORCE INDEX (charge_to_fold)', where, values: [period, group] };
    },
  }),
  ofSettlement('settlement', 'settlement r', 'r', ['state']),
  ofSettlement('settlement_part', 'settlement_part r JOIN settlement t ON t.id = r.settlement_id', 't', []),
  ofSettlement(
    'settlement_document',
    'settlement_document r JOIN settlement t ON t.id = r.settlement_id',
    't',
    [],
  ),
  ofSettlement('statement_file', 'statement_file r JOIN settlement t ON t.id = r.settlement_id', 't', []),
  smallTable('approval', "r.state <> 'pending'"),
  smallTable('bank_account'),
  smallTable('tariff'),
  smallTable('ledger_account'),
];

/** Small tables whose rows may change, each change with its audit row: the table and the nouns of its subjects in the audit trail. */
export const sealedStates: Readonly<Record<string, readonly string[]>> = {
  company: ['company'],
  service: ['service'],
  contract: ['contract'],
  api_key: ['api-key', 'api_key'],
  books: [],
};
