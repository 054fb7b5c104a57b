import { sql } from 'kysely';
import { sqlRule } from './sql-rule.ts';

/** Unique keys by which the database itself refuses to do a thing twice: table and name of the key. */
const uniqueKeys = [
  ['api_key', 'PRIMARY'],
  ['charge', 'PRIMARY'],
  ['charge', 'charge_subscription_month'],
  ['free_month', 'PRIMARY'],
  ['idempotency_key', 'PRIMARY'],
  ['invoice_item', 'invoice_item_charge'],
  ['ledger_entry', 'PRIMARY'],
  ['line_invoice', 'line_invoice_number'],
  ['line_invoice', 'line_invoice_one_per_period'],
  ['run', 'PRIMARY'],
  ['settlement', 'settlement_number'],
  ['settlement', 'settlement_one_per_period'],
  ['subscription_month', 'PRIMARY'],
  ['usage_item_key', 'usage_item_key_taken'],
] as const;

/** Triggers by which the database itself keeps what is confirmed as it is. */
const triggers = [
  'audit_entry_is_final',
  'billing_period_is_final',
  'charge_is_final',
  'charge_stays',
  'free_month_is_final',
  'free_month_stays',
  'invoice_item_is_final',
  'invoice_item_stays',
  'ledger_entry_is_final',
  'ledger_entry_stays',
  'line_invoice_is_final',
  'line_invoice_stays',
  'settlement_is_final',
  'settlement_stays',
  'subscription_month_is_final',
  'subscription_month_stays',
  'usage_item_key_is_final',
  'usage_item_key_stays',
] as const;

const wantedKeys = sql.join(
  uniqueKeys.map(([table, key]) => sql`SELECT ${table} AS table_name, ${key} AS index_name`),
  sql` UNION ALL `,
);
const wantedTriggers = sql.join(
  triggers.map((trigger) => sql`SELECT ${trigger} AS trigger_name`),
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

export const triggersAreThere = sqlRule('the triggers that keep confirmed rows are in place', {
  checks: sql`(${wantedTriggers}) AS w`,
  broken: sql`
    SELECT w.trigger_name AS missing_trigger FROM (${wantedTriggers}) AS w
    LEFT JOIN information_schema.triggers t ON t.trigger_schema = DATABASE() AND t.trigger_name = w.trigger_name
    WHERE t.trigger_name IS NULL`,
});
