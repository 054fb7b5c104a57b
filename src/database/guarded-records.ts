import { sql, type RawBuilder } from 'kysely';

/** A table whose rows change only together with their audit row. */
interface GuardedRecord {
  readonly key: readonly string[];
  /** Columns that money, identity or a document depends on; the audit trail has a digest of them. */
  readonly columns: readonly string[];
  /** Columns of later migrations. They are part of the digest of rows that have a value in one of them: older digests stay. */
  readonly added?: readonly string[];
  /** The same of columns that are never NULL: rows that have none have an empty text. */
  readonly addedTexts?: readonly string[];
  /** The same of a number with a value that older rows have. */
  readonly addedNumber?: { readonly column: string; readonly before: number };
  /** SQL condition for the rows to which the rule applies; all by default. */
  readonly only?: string;
  /** A change of these rows by plain SQL is never accepted. */
  readonly final?: true;
}

/**
 * The records that identity and money depend on. There are millions of lines and holders; sums guard those instead (src/lines/line-digest.queries.ts).
 *
 * A column that a migration adds to `columns` changes the digests of all rows: the migration writes an audit row for each of
 * them, as migrations/0009-frozen-documents.sql does. One that is empty in older rows is named in `added` instead.
 */
export const guardedRecords = {
  company: {
    key: ['id'],
    columns: [
      'code',
      'name',
      'name_en',
      'address',
      'registration_number',
      'registered_from',
      'registered_to',
      'state',
    ],
    added: ['billing_email', 'billing_language'],
  },
  service: {
    key: ['id'],
    columns: ['company_id', 'code', 'name', 'name_en', 'site_origin', 'state'],
    added: [
      'paid_for',
      'paid_for_en',
      'delivery',
      'delivery_en',
      'cancellation',
      'cancellation_en',
      'seller_address',
      'seller_address_en',
      'seller_telephone',
      'contact_email',
      'platform',
      'listed_from',
      'more_origins',
    ],
  },
  contract: {
    key: ['id'],
    columns: [
      'company_id',
      'tariff_code',
      'legal_model',
      'valid_from',
      'valid_to',
      'per_charge_max_minor',
      'late_charges',
      'authorization_days',
      'payout_months',
      'payout_day',
      'payout_bank_day',
      'bank_code',
      'bank_name',
      'branch_code',
      'branch_name',
      'account_type',
      'account_number',
      'account_holder',
      'settlement_basis',
      'fee_taxable',
      'set_up_fee_minor',
      'minimum_payout_minor',
      'fee_bearer',
      'transfer_fee_minor',
      'refund_days',
      'partial_refunds',
    ],
    addedNumber: { column: 'signed_requests', before: 0 },
  },
  partner: {
    key: ['id'],
    columns: [
      'code',
      'name',
      'name_en',
      'address',
      'registration_number',
      'registered_from',
      'registered_to',
    ],
    final: true,
  },
  partner_terms: {
    key: ['id'],
    columns: ['company_id', 'partner_id', 'valid_from', 'paid_by', 'commission', 'approval_id'],
    final: true,
  },
  bank_account: {
    key: ['company_id', 'version'],
    columns: [
      'bank_code',
      'bank_name',
      'branch_code',
      'branch_name',
      'account_type',
      'account_number',
      'account_holder',
      'approval_id',
    ],
    addedTexts: ['iban', 'bic'],
    final: true,
  },
  approval: {
    key: ['id'],
    columns: [
      'kind',
      'subject',
      'input',
      'changes',
      'subject_hash',
      'reason',
      'state',
      'maker',
      'proposed_at',
      'expires_at',
      'checker',
      'decided_at',
      'note',
    ],
    final: true,
  },
  account: {
    key: ['id'],
    columns: [
      'audience',
      'company_id',
      'email',
      'email_key',
      'display_name',
      'language',
      'state',
      'password_hash',
      'credential_version',
      'first_slot',
      'activated_at',
      'ended_at',
    ],
  },
  account_role: { key: ['account_id', 'role'], columns: ['approval_id', 'granted_at', 'revoked_at'] },
  api_key: {
    key: ['id'],
    columns: ['company_id', 'label', 'secret_hash', 'scopes', 'revoked_at'],
    added: ['ends_at', 'successor_id', 'allowed_addresses'],
    addedNumber: { column: 'requires_signature', before: 0 },
  },
  signing_key: {
    key: ['id'],
    columns: ['company_id', 'label', 'algorithm', 'public_key', 'fingerprint', 'revoked_at'],
  },
  subscriber: {
    key: ['id'],
    columns: [
      'issued_id',
      'line_id',
      'holder_from',
      'slot',
      'display_name',
      'password_hash',
      'monthly_limit_minor',
      'state',
      'ended_at',
    ],
    added: ['left_as'],
  },
  tariff: { key: ['code', 'valid_from'], columns: ['name', 'name_en', 'definition'], added: ['approval_id'] },
  ledger_account: { key: ['id'], columns: ['code', 'kind', 'company_id'] },
  billing_period: {
    key: ['period', 'closing_group'],
    columns: [
      'starts_on',
      'closes_on',
      'issue_on',
      'due_on',
      'state',
      'invoice_count',
      'item_count',
      'total_minor',
      'checksum',
      'closed_at',
    ],
    only: "state = 'closed'",
    final: true,
  },
  settlement: {
    key: ['id'],
    columns: [
      'company_id',
      'billing_period',
      'contract_id',
      'number',
      'state',
      'settled_on',
      'billed_minor',
      'refunded_minor',
      'line_count',
      'item_count',
      'tariff_code',
      'tariff_from',
      'fee_branch',
      'fee_ex_tax_minor',
      'fee_tax_rate_bps',
      'fee_tax_minor',
      'carried_in_minor',
      'payout_minor',
      'carried_out_minor',
      'payout_on',
      'created_at',
      'rule_version',
      'legal_model',
      'settlement_basis',
      'fee_taxable',
      'set_up_ex_tax_minor',
      'set_up_tax_minor',
      'clawback_minor',
      'recovery_minor',
      'transfer_fee_minor',
      'held_reason',
      'rejected_reason',
      'revision',
      'approval_id',
      'approved_at',
    ],
    added: ['invoiced_item_count'],
    addedNumber: { column: 'commission_minor', before: 0 },
    only: "state IN ('approved', 'paid')",
    final: true,
  },
  settlement_document: {
    key: ['settlement_id'],
    columns: [
      'content',
      'adopted',
      'contract_version',
      'contract_digest',
      'company_version',
      'company_digest',
    ],
    final: true,
  },
  payout_run: {
    key: ['id'],
    columns: [
      'number',
      'prepared_on',
      'pay_on',
      'state',
      'payout_count',
      'total_minor',
      'originator',
      'approval_id',
      'sent_on',
      'checksum',
      'written_at',
      'prepared_by',
    ],
    final: true,
  },
  payout: {
    key: ['id'],
    columns: [
      'run_id',
      'line_number',
      'kind',
      'settlement_id',
      'refund_id',
      'company_id',
      'amount_minor',
      'due_on',
      'pay_on',
      'account_version',
      'bank_code',
      'bank_name',
      'branch_code',
      'branch_name',
      'account_type',
      'account_number',
      'payee',
      'account_news',
      'replaces_id',
      'state',
      'result_on',
      'returned_reason',
    ],
    addedTexts: ['iban', 'bic'],
    addedNumber: { column: 'part', before: 1 },
    final: true,
  },
  statement_file: { key: ['settlement_id'], columns: ['checksum'], final: true },
  invoice_correction: {
    key: ['number'],
    columns: ['invoice_number', 'revision', 'corrected_on', 'reason', 'content', 'checksum', 'corrected_by'],
    final: true,
  },
  statement_correction: {
    key: ['settlement_id', 'revision'],
    columns: ['number', 'corrected_on', 'reason', 'content', 'checksum', 'corrected_by'],
    final: true,
  },
} as const satisfies Record<string, GuardedRecord>;

export type GuardedTable = keyof typeof guardedRecords;

/** Values of the key columns of one guarded row, in their order. */
export type RecordKey = readonly (string | number)[];

/** The key of a row of `table`, called `alias`, as in the audit trail: `12`, `flets-2012/2012-01-01`. */
export function recordKeySql(table: GuardedTable, alias: string): RawBuilder<string> {
  const columns = guardedRecords[table].key.map((column) => sql.ref(`${alias}.${column}`));
  return sql<string>`CONVERT(CONCAT_WS('/', ${sql.join(columns)}) USING ascii) COLLATE ascii_bin`;
}

/** Like `recordKeySql`, for given values. */
export function writeRecordKey(key: RecordKey): string {
  return key.join('/');
}

/** The digest of the guarded columns of a row: SHA-256 over the values, each with its length, so that they are unambiguous. */
export function recordDigestSql(table: GuardedTable, alias: string): RawBuilder<string> {
  const record: GuardedRecord = guardedRecords[table];
  const values = canonicalSql(record.columns, alias, record);
  return sql<string>`CONVERT(SHA2(${values}, 256) USING ascii) COLLATE ascii_bin`;
}

/** The current version of a row in the audit trail. */
export function recordVersionSql(table: GuardedTable, alias: string): RawBuilder<number | null> {
  return sql<number | null>`(SELECT MAX(v.record_version) FROM audit_entry v
    WHERE v.record_table = ${table} AND v.record_key = ${recordKeySql(table, alias)})`;
}

type AddedColumns = Pick<GuardedRecord, 'added' | 'addedTexts' | 'addedNumber'>;

/**
 * `8:2026-05-01,-,3:abc` of columns of a row: length in bytes and value, `-` for none. The columns `added` follow if one of
 * them has a value, and those of `addedTexts` and `addedNumber`.
 */
export function canonicalSql(
  columns: readonly string[],
  alias: string,
  { added = [], addedTexts = [], addedNumber }: AddedColumns = {},
): RawBuilder<string> {
  const refsOf = (names: readonly string[]) => names.map((column) => sql.ref(`${alias}.${column}`));
  const values = refsOf(columns).map(canonicalValue);
  const nullable = refsOf(added);
  const texts = refsOf(addedTexts);
  if (nullable.length > 0) values.push(canonicalGroup(nullable, (ref) => sql`${ref} IS NULL`));
  if (texts.length > 0) values.push(canonicalGroup(texts, (ref) => sql`${ref} = ''`));
  if (addedNumber) {
    const { column, before } = addedNumber;
    values.push(canonicalGroup(refsOf([column]), (ref) => sql`${ref} = ${before}`));
  }
  return sql<string>`CONCAT_WS(',', ${sql.join(values)})`;
}

/** Columns of later migrations: nothing at all while all of them are empty. */
function canonicalGroup(
  refs: readonly RawBuilder<unknown>[],
  isEmpty: (ref: RawBuilder<unknown>) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  const later = sql`CONCAT_WS(',', ${sql.join(refs.map(canonicalValue))})`;
  return sql`IF(${sql.join(refs.map(isEmpty), sql` AND `)}, NULL, ${later})`;
}

const canonicalValue = (value: RawBuilder<unknown>) =>
  sql`COALESCE(CONCAT(OCTET_LENGTH(${value}), ':', ${value}), '-')`;

/** Condition for the guarded rows of `table`, called `alias`. */
export function isGuardedSql(table: GuardedTable, alias: string): RawBuilder<boolean> {
  const record: GuardedRecord = guardedRecords[table];
  return record.only === undefined ? sql<boolean>`TRUE` : sql<boolean>`${sql.raw(`${alias}.${record.only}`)}`;
}

/** Whether the guarded rows of `table` never change. */
export function isFinal(table: GuardedTable): boolean {
  const record: GuardedRecord = guardedRecords[table];
  return record.final === true;
}
