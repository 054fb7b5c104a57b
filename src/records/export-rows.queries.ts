import { sql, type RawBuilder } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { addDays, startOfBusinessDate } from '../shared/calendar.rules.ts';

/** What auditors export, and its columns in their order. */
export const exportColumns = {
  audit: [
    'id',
    'atUtc',
    'actor',
    'action',
    'subject',
    'facts',
    'recordTable',
    'recordKey',
    'recordVersion',
    'recordDigest',
  ],
  settlements: [
    'id',
    'number',
    'company',
    'billingPeriod',
    'state',
    'settledOn',
    'billed',
    'refunded',
    'fee',
    'feeTax',
    'setUp',
    'setUpTax',
    'clawback',
    'recovery',
    'transferFee',
    'carriedIn',
    'carriedOut',
    'payout',
    'payoutOn',
    'heldReason',
    'revision',
    'approvalId',
    'approvedAtUtc',
  ],
  payouts: [
    'id',
    'run',
    'lineNumber',
    'kind',
    'state',
    'company',
    'reference',
    'amount',
    'payOn',
    'bankCode',
    'branchCode',
    'accountType',
    'accountNumber',
    'iban',
    'bic',
    'payee',
    'replacesId',
    'resultOn',
    'returnedReason',
  ],
  approvals: [
    'id',
    'kind',
    'subject',
    'state',
    'maker',
    'proposedAtUtc',
    'reason',
    'checker',
    'decidedAtUtc',
    'note',
    'changes',
    'input',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ExportKind = keyof typeof exportColumns;

/** A row by the names of its columns; amounts in minor units. */
export type ExportedRow = Readonly<Record<string, string | number | bigint | object | null>>;

/** Business dates, both inclusive; `until`: entries of the trail of this instant and later are left out. */
interface ExportRange {
  readonly from: string;
  readonly to: string;
  readonly until: Date;
}

interface Source {
  readonly select: RawBuilder<unknown>;
  /** Of the range; each by an index. */
  readonly where: RawBuilder<unknown>;
  /** What rows are ordered and continued by, ascending. */
  readonly key: readonly [first: RawBuilder<unknown>, second: RawBuilder<unknown>];
  /** Of a row, as text. */
  readonly json?: readonly string[];
}

/** Rows that are read at once. */
const CHUNK = 1_000;

/** All rows of a kind and range, the oldest first. */
export async function* exportedRows(
  deps: Deps,
  kind: ExportKind,
  range: ExportRange,
): AsyncGenerator<ExportedRow> {
  const { select, where, key, json = [] } = sourceOf(deps, kind, range);
  const [first, second] = key;
  for (let after: readonly [unknown, unknown] | undefined; ;) {
    const isAfter = after
      ? sql`${first} >= ${after[0]} AND (${first} > ${after[0]} OR ${second} > ${after[1]})`
      : sql`TRUE`;
    const { rows } = await sql<
      Record<string, string | number | null> & { sortFirst: unknown; sortSecond: unknown }
    >`
      SELECT ${text(first)} AS sortFirst, ${text(second)} AS sortSecond, ${select} WHERE ${where} AND ${isAfter}
      ORDER BY ${first}, ${second} LIMIT ${CHUNK}`.execute(sqlOf(emOf(deps)));
    for (const { sortFirst: _first, sortSecond: _second, ...row } of rows) yield withJson(row, json);
    const last = rows.at(-1);
    if (!last || rows.length < CHUNK) return;
    after = [last.sortFirst, last.sortSecond];
  }
}

function withJson(
  row: Readonly<Record<string, string | number | null>>,
  names: readonly string[],
): ExportedRow {
  const parsed = names.map((name) => {
    const value: unknown = row[name];
    return [name, typeof value === 'string' ? (JSON.parse(value) as object) : (value as object)] as const;
  });
  return { ...row, ...Object.fromEntries(parsed) };
}

/** An instant as text, in UTC. */
const instant = (column: RawBuilder<unknown>) => sql`DATE_FORMAT(${column}, '%Y-%m-%dT%H:%i:%s.%fZ')`;

const text = (column: RawBuilder<unknown>) => sql`CAST(${column} AS CHAR)`;

function sourceOf({ config }: Deps, kind: ExportKind, { from, to, until }: ExportRange): Source {
  const begins = startOfBusinessDate(from, config.timeZone);
  const dayAfter = startOfBusinessDate(addDays(to, 1), config.timeZone);
  const ends = dayAfter < until ? dayAfter : until;
  switch (kind) {
    case 'audit':
      return {
        select: sql`a.id, ${instant(sql`a.at`)} AS atUtc, a.actor, a.action, a.subject, a.facts, a.record_table AS recordTable,
          a.record_key AS recordKey, a.record_version AS recordVersion, a.record_digest AS recordDigest FROM audit_entry a`,
        where: sql`a.at >= ${begins} AND a.at < ${ends}`,
        key: [sql`a.at`, sql`a.id`],
        json: ['facts'],
      };
    case 'settlements':
      return {
        select: sql`s.id, s.number, c.code AS company, s.billing_period AS billingPeriod, s.state, s.settled_on AS settledOn,
          ${text(sql`s.billed_minor`)} AS billed, ${text(sql`s.refunded_minor`)} AS refunded, ${text(sql`s.fee_ex_tax_minor`)} AS fee,
          ${text(sql`s.fee_tax_minor`)} AS feeTax, ${text(sql`s.set_up_ex_tax_minor`)} AS setUp, ${text(sql`s.set_up_tax_minor`)} AS setUpTax,
          ${text(sql`s.clawback_minor`)} AS clawback, ${text(sql`s.recovery_minor`)} AS recovery,
          ${text(sql`s.transfer_fee_minor`)} AS transferFee, ${text(sql`s.carried_in_minor`)} AS carriedIn,
          ${text(sql`s.carried_out_minor`)} AS carriedOut, ${text(sql`s.payout_minor`)} AS payout, s.payout_on AS payoutOn,
          s.held_reason AS heldReason, s.revision, s.approval_id AS approvalId, ${instant(sql`s.approved_at`)} AS approvedAtUtc
          FROM settlement s FORCE INDEX (settlement_by_date) JOIN company c ON c.id = s.company_id`,
        where: sql`s.settled_on >= ${from} AND s.settled_on <= ${to}`,
        key: [sql`s.settled_on`, sql`s.id`],
      };
    case 'payouts':
      return {
        select: sql`p.id, r.number AS run, p.line_number AS lineNumber, p.kind, p.state, c.code AS company,
          COALESCE(s.number, p.refund_id) AS reference, ${text(sql`p.amount_minor`)} AS amount, p.pay_on AS payOn,
          p.bank_code AS bankCode, p.branch_code AS branchCode, p.account_type AS accountType, p.account_number AS accountNumber,
          p.iban, p.bic, p.payee, p.replaces_id AS replacesId, p.result_on AS resultOn, p.returned_reason AS returnedReason
          FROM payout_run r JOIN payout p ON p.run_id = r.id LEFT JOIN company c ON c.id = p.company_id
          LEFT JOIN settlement s ON s.id = p.settlement_id`,
        where: sql`r.pay_on >= ${from} AND r.pay_on <= ${to}`,
        key: [sql`r.number`, sql`p.line_number`],
      };
    case 'approvals':
      return {
        select: sql`a.id, a.kind, a.subject, a.state, a.maker, ${instant(sql`a.proposed_at`)} AS proposedAtUtc, a.reason, a.checker,
          ${instant(sql`a.decided_at`)} AS decidedAtUtc, a.note, a.changes, a.input FROM approval a`,
        where: sql`a.proposed_at >= ${begins} AND a.proposed_at < ${dayAfter}`,
        // An identifier begins with the time of its proposal.
        key: [sql`a.id`, sql`a.id`],
        json: ['changes', 'input'],
      };
    default:
      return kind satisfies never;
  }
}
