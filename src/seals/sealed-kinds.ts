import { decodeTime, encodeTime } from 'ulid';
import { queryRows } from '../database/statement-pipeline.ts';
import type { Em } from '../database/orm.ts';
import { addDays } from '../shared/calendar.rules.ts';

/** Rows of the table `r`, with a condition. */
export interface Part {
  readonly from: string;
  readonly where: string;
  readonly values: readonly unknown[];
}

/** The facts of the newest seal that decide which later rows are expected. */
export interface LastSeal {
  readonly number: number;
  readonly businessDate: string;
  readonly takenAt: Date;
}

/** Rows that never change after their insert, sealed bucket by bucket. */
export interface SealedKind {
  readonly table: string;
  /** Columns that determine the bucket of a row; they do not affect the order inside it. */
  readonly fixed?: readonly string[];
  /** Columns that may change. */
  readonly mutable?: readonly string[];
  /** The index in whose order the rows are read, up to its column `id`; the primary key by default. Unique inside a bucket. */
  readonly index?: string;
  /** A bucket is complete when it is first sealed: every row of it belongs to that seal. */
  readonly complete?: true;
  /** An additional value of each row, as SQL. */
  readonly note?: string;
  part(bucket: string): Part;
  listBuckets(em: Em): Promise<string[]>;
  /** The buckets that may have unsealed rows for the next seal. */
  listOpen(em: Em, last: LastSeal | undefined): Promise<string[]>;
  /** The last date of the rows of a bucket. */
  dateOf(bucket: string): string;
  /** Whether an unsealed row should be in the newest seal or an earlier one, judged by the time in its key. */
  isOverdue(row: { readonly bucket: string; readonly keyText: string }, last: LastSeal): boolean;
}

const ALWAYS = '9999-12-31';
const ONE_BUCKET = 'all';

async function listNames(em: Em, text: string, values: readonly unknown[] = []): Promise<string[]> {
  const rows = await queryRows<{ name: string | number }>(em, text, values);
  return rows.map(({ name }) => String(name));
}

/**
 * Rows that are only added, by the business date that they are booked on. A date is open through the night after the one that
 * sealed it, and when a job of that date's night has finished since: a job that had failed books late, which is correct.
 */
function byDate(table: string, column: string, index?: string): SealedKind {
  const names = `SELECT DISTINCT ${column} AS name FROM ${table}`;
  return {
    table,
    fixed: [column],
    part: (bucket) => ({
      from: `${table} r${index === undefined ? '' : ` FORCE INDEX (${index})`}`,
      where: `r.${column} = ?`,
      values: [bucket],
    }),
    listBuckets: (em) => listNames(em, names),
    async listOpen(em, last) {
      if (!last) return await listNames(em, names);
      const from = last.businessDate;
      const recent = await listNames(em, `${names} WHERE ${column} >= ?`, [from]);
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
}

/** How many of an identifier's ten characters of time name a bucket: buckets of some nine hours. */
const TIME_PREFIX = 5;

/** Rows that are only added, by the prefix of their identifiers, which encodes their time. */
function byTime(table: string, note?: string): SealedKind {
  const names = `SELECT DISTINCT LEFT(id, ${TIME_PREFIX}) AS name FROM ${table}`;
  return {
    table,
    ...(note !== undefined && { note }),
    part: (bucket) => ({
      from: `${table} r`,
      where: 'r.id LIKE ?',
      values: [`${bucket.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`],
    }),
    listBuckets: (em) => listNames(em, names),
    listOpen: (em, last) =>
      last
        ? listNames(em, `${names} WHERE id >= ?`, [
            encodeTime(Date.parse(addDays(last.businessDate, -1))).slice(0, TIME_PREFIX),
          ])
        : listNames(em, names),
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
}

/** Audit rows with the noun of their subject. */
export const auditEntries = byTime('audit_entry', "SUBSTRING_INDEX(r.subject, ':', 1)");

/** Rows of a closed billing period. Bucket: `2026-05/31`. */
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
    // A period that closed since the newest seal is in the next one, complete.
    isOverdue: () => false,
    ...more,
  };
}

/** The closed billing periods; for a kind, those without a seal. */
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

/** Small tables whose rows are only added; `where`: the condition under which they are final. */
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

/** Approved settlements, by billing period. Whether they are held or paid may still change. */
function ofSettlement(table: string, from: string, settlement: string, mutable: string[]): SealedKind {
  const { listOpen: _, ...common } = smallTable(table);
  const periods =
    "SELECT DISTINCT billing_period AS name FROM settlement WHERE state IN ('approved', 'paid')";
  return {
    ...common,
    mutable,
    part: (bucket) => ({
      from,
      where: `${settlement}.billing_period = ? AND ${settlement}.state IN ('approved', 'paid')`,
      values: [bucket],
    }),
    listBuckets: (em) => listNames(em, periods),
    listOpen: (em) =>
      listNames(
        em,
        `SELECT n.period AS name
         FROM (SELECT ${settlement}.billing_period AS period, COUNT(*) AS there FROM ${from} WHERE ${settlement}.state IN ('approved', 'paid') GROUP BY 1) n
         LEFT JOIN (SELECT m.bucket, SUM(m.row_count) AS sealed FROM seal_member m JOIN seal s ON s.number = m.number WHERE m.kind = ? GROUP BY m.bucket) m
           ON m.bucket = n.period
         WHERE n.there > COALESCE(m.sealed, 0) ORDER BY n.period`,
        [table],
      ),
    dateOf: (bucket) => `${bucket}-31`,
  };
}

/** What the bank says of a payout later. */
const PAYOUT_RESULT = ['state', 'result_on', 'returned_reason'];

/** The payout of a refund by bank that is decided. */
const REFUND_PAID = [
  'state',
  'payout_id',
  'paid_on',
  'late_minor',
  'late_on',
  'late_approval_id',
  'part',
  'paid_minor',
];

/** Everything that is sealed permanently beside the audit trail, in the order of the seals' content. */
export const sealedKinds: readonly SealedKind[] = [
  byDate('ledger_entry', 'business_date'),
  byTime('confirmation'),
  byDate('collection_result', 'booked_on', 'collection_result_of_day'),
  byDate('invoice_answer', 'booked_on', 'invoice_answer_of_day'),
  byTime('refund'),
  { ...byTime('clawback'), mutable: ['settlement_id'] },
  smallTable('collection_cutoff'),
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
  ofSettlement('settlement', 'settlement r', 'r', ['state', 'held_reason']),
  ofSettlement('settlement_part', 'settlement_part r JOIN settlement t ON t.id = r.settlement_id', 't', []),
  ofSettlement(
    'settlement_document',
    'settlement_document r JOIN settlement t ON t.id = r.settlement_id',
    't',
    [],
  ),
  ofSettlement('statement_file', 'statement_file r JOIN settlement t ON t.id = r.settlement_id', 't', []),
  ofSettlement(
    'statement_correction',
    'statement_correction r JOIN settlement t ON t.id = r.settlement_id',
    't',
    [],
  ),
  smallTable('invoice_correction'),
  smallTable('payout_run', "r.state = 'sent'"),
  { ...smallTable('payout', "r.state IN ('sent', 'settled', 'returned')"), mutable: PAYOUT_RESULT },
  { ...smallTable('bank_refund', "r.state <> 'waiting'"), mutable: REFUND_PAID },
  smallTable('refund_account'),
  smallTable('approval', "r.state <> 'pending'"),
  smallTable('bank_account'),
  smallTable('tariff'),
  smallTable('ledger_account'),
  smallTable('partner'),
  smallTable('partner_terms'),
  smallTable('partner_service'),
  ofSettlement(
    'partner_commission',
    'partner_commission r JOIN settlement t ON t.id = r.settlement_id',
    't',
    [],
  ),
];

/** Small tables whose rows may change, each change with its audit row: the table and the nouns of its subjects in the audit trail. */
export const sealedStates: Readonly<Record<string, readonly string[]>> = {
  company: ['company'],
  service: ['service'],
  contract: ['contract'],
  api_key: ['api-key', 'api_key'],
  books: [],
};
