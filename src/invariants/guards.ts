import { sql } from 'kysely';
import { sqlRule } from './sql-rule.ts';

/** Unique keys by which the database refuses to do anything twice: table and name of the key. */
const uniqueKeys = [
  ['api_key', 'PRIMARY'],
  ['bank_refund', 'PRIMARY'],
  ['bank_refund', 'bank_refund_of_approval'],
  ['charge', 'PRIMARY'],
  ['charge', 'charge_subscription_month'],
  ['clawback', 'clawback_in_turn'],
  ['collection_cutoff', 'PRIMARY'],
  ['collection_result', 'PRIMARY'],
  ['free_month', 'PRIMARY'],
  ['idempotency_key', 'PRIMARY'],
  ['invoice_item', 'invoice_item_charge'],
  ['ledger_entry', 'PRIMARY'],
  ['line_invoice', 'line_invoice_number'],
  ['line_invoice', 'line_invoice_one_per_period'],
  ['payout', 'payout_in_run'],
  ['payout', 'payout_of_refund_once'],
  ['payout', 'payout_of_settlement_once'],
  ['payout_run', 'payout_run_number'],
  ['refund', 'PRIMARY'],
  ['refund', 'refund_in_turn'],
  ['refund', 'refund_of_approval'],
  ['refund_account', 'PRIMARY'],
  ['run', 'PRIMARY'],
  ['settlement', 'settlement_approval_once'],
  ['settlement', 'settlement_number'],
  ['settlement', 'settlement_one_per_period'],
  ['settlement', 'settlement_set_up_once'],
  ['subscription_month', 'PRIMARY'],
  ['usage_item_key', 'usage_item_key_taken'],
] as const;

const wantedKeys = sql.join(
  uniqueKeys.map(([table, key]) => sql`SELECT ${table} AS table_name, ${key} AS index_name`),
  sql` UNION ALL `,
);
export const uniqueKeysAreThere = sqlRule('the unique keys that refuse double billing are in place', {
  checks: sql`(${wantedKeys}) AS w`,
  broken: sql`
    SELECT w.table_name, w.index_name AS missing_key FROM (${wantedKeys}) AS w
    LEFT JOIN information_schema.statistics s ON s.table_schema = DATABASE() AND s.table_name = w.table_name
      AND s.index_name = w.index_name AND s.non_unique = 0 AND s.seq_in_index = 1
    WHERE s.index_name IS NULL`,
});
