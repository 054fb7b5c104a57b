import { sql } from 'kysely';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction, type InTransaction } from '../../src/database/transaction.ts';
import type { Deps } from '../../src/deps.ts';
import { recordAudit } from '../../src/access/audit/record-audit.ts';
import { ensureBillingPeriods } from '../../src/billing-periods/ensure-billing-period.ts';
import { hashDetails } from '../../src/invoices/export-again.ts';
import { keepParties } from '../../src/invoices/keep-parties.ts';
import { postEntries } from '../../src/ledger/post-entries.ts';
import { CLOSING_GROUPS, periodRange, type ClosingGroup } from '../../src/shared/calendar.rules.ts';
import { taxRateBps } from '../../src/shared/tax.rules.ts';
import { confirmCheckouts } from './confirm-checkouts.ts';

/** A captured charge of a month before its close. */
export interface Sale {
  readonly companyId: number;
  readonly serviceId: number;
  readonly lineId: string;
  readonly closingGroup: ClosingGroup;
  readonly amountMinor: bigint;
  readonly taxCode?: 'standard' | 'reduced';
  readonly partnerCode?: string;
}

interface Month {
  readonly period: string;
  readonly sales: readonly Sale[];
  /** Closed groups; all six by default. */
  readonly closed?: readonly ClosingGroup[];
}

const HOLDER_FROM = '2026-01-01';

/** Line IDs that no other call returns. */
let linesMade = 0;
export function makeLineIds(count: number): string[] {
  return Array.from({ length: count }, () => `COP${String((linesMade += 1)).padStart(8, '0')}`);
}

/**
 * Inserts the charges, invoices and proofs of a month in a few statements, as the nights would leave
 * them: captured, posted, folded and, for the closed groups, numbered and proven.
 */
export function closeMonth(deps: Deps, { period, sales, closed = CLOSING_GROUPS }: Month): Promise<void> {
  return inTransaction(deps, async (tx) => {
    await ensureBillingPeriods(
      tx,
      CLOSING_GROUPS.map((closingGroup) => ({ period, closingGroup })),
    );
    await sellAll(tx, period, sales);
    await foldAll(tx, period, closed);
    for (const closingGroup of closed) await proveGroup(tx, period, closingGroup);
  });
}

/** Closes groups of a month whose billing periods exist. */
export function closeGroups(deps: Deps, period: string, groups: readonly ClosingGroup[]): Promise<void> {
  return inTransaction(deps, async (tx) => {
    for (const closingGroup of groups) await proveGroup(tx, period, closingGroup);
  });
}

async function sellAll(tx: InTransaction<Deps>, period: string, sales: readonly Sale[]): Promise<void> {
  const captured = sales.map(({ taxCode = 'standard', partnerCode = null, ...sale }) => {
    const businessDate = periodRange(period, sale.closingGroup).startsOn;
    return {
      ...sale,
      taxCode,
      partnerCode,
      id: tx.ids.next(),
      businessDate,
      rate: taxRateBps(taxCode, businessDate, tx.config.taxRates),
    };
  });
  for (let from = 0; from < captured.length; from += 500) {
    const rows = captured.slice(from, from + 500);
    await sqlOf(tx.em)
      .insertInto('charge')
      .values(
        rows.map(({ rate, ...row }) => ({
          ...row,
          kind: 'one_time' as const,
          state: 'captured' as const,
          capturedMinor: row.amountMinor,
          taxRateBps: rate,
          description: '動画一本',
          reference: null,
          automaticCapture: true,
          subscriberId: null,
          holderFrom: HOLDER_FROM,
          consentId: null,
          subscriptionId: null,
          subscriptionMonth: null,
          createdAt: tx.clock.now(),
          openUntil: null,
          authorizedAt: tx.clock.now(),
          reservedPeriod: period,
          capturedAt: tx.clock.now(),
          billingPeriod: period,
          late: false,
          endedAt: null,
          endedBy: null,
        })),
      )
      .execute();
    const capturedAt = tx.clock.now();
    await confirmCheckouts(
      tx,
      rows.map(({ id, companyId }) => ({ id, companyId, capturedAt })),
    );
    await postEntries(
      tx,
      rows.map(({ id, businessDate, companyId, amountMinor }) => ({
        businessDate,
        journalId: id,
        kind: 'capture' as const,
        debit: 'subscriber-receivable' as const,
        credit: { company: companyId },
        amountMinor,
        billingPeriod: period,
      })),
    );
  }
}

async function foldAll(
  tx: InTransaction<Deps>,
  period: string,
  closed: readonly ClosingGroup[],
): Promise<void> {
  const db = sqlOf(tx.em);
  // No group has the number 0.
  const groups = sql.join(closed.length > 0 ? closed : [0]);
  await sql`INSERT INTO line_period (line_id, holder_from, period, closing_group, spent_minor)
    SELECT line_id, holder_from, ${period}, closing_group, SUM(captured_minor) FROM charge
    WHERE billing_period = ${period} GROUP BY line_id, holder_from, closing_group`.execute(db);
  await sql`INSERT INTO invoice_item (billing_period, closing_group, line_id, charge_id, company_id, service_id,
      holder_from, business_date, kind, description, amount_minor, tax_code, tax_rate_bps, late)
    SELECT billing_period, closing_group, line_id, id, company_id, service_id, holder_from, business_date, kind,
      description, captured_minor, tax_code, tax_rate_bps, late FROM charge WHERE billing_period = ${period}`.execute(
    db,
  );
  await sql`INSERT INTO line_invoice (billing_period, closing_group, line_id, holder_from, holder, number, item_count,
      total_minor)
    SELECT billing_period, closing_group, line_id, holder_from, '保有者',
      IF(closing_group IN (${groups}), CONCAT(REPLACE(${period}, '-', ''), '-', LPAD(closing_group, 2, '0'), '-',
        LPAD(ROW_NUMBER() OVER (PARTITION BY closing_group ORDER BY line_id, holder_from), 7, '0')), NULL),
      COUNT(*), SUM(amount_minor) FROM invoice_item WHERE billing_period = ${period}
    GROUP BY billing_period, closing_group, line_id, holder_from`.execute(db);
  await sql`INSERT INTO line_invoice_tax (billing_period, closing_group, line_id, holder_from, part, tax_code, tax_rate_bps,
      total_minor, tax_minor)
    SELECT billing_period, closing_group, line_id, holder_from, 'registered', tax_code, tax_rate_bps, SUM(amount_minor),
      SUM(amount_minor) * tax_rate_bps DIV (10000 + tax_rate_bps) FROM invoice_item
    WHERE billing_period = ${period} AND closing_group IN (${groups})
    GROUP BY billing_period, closing_group, line_id, holder_from, tax_code, tax_rate_bps`.execute(db);
}

async function proveGroup(
  tx: InTransaction<Deps>,
  period: string,
  closingGroup: ClosingGroup,
): Promise<void> {
  await keepParties(tx, { period, closingGroup });
  const dates = await sqlOf(tx.em)
    .selectFrom('billing_period')
    .selectAll()
    .where('period', '=', period)
    .where('closingGroup', '=', closingGroup)
    .executeTakeFirstOrThrow();
  const checksum = await hashDetails(tx, dates);
  await sql`UPDATE billing_period p, (SELECT COUNT(*) AS invoices, COALESCE(SUM(item_count), 0) AS items,
      COALESCE(SUM(total_minor), 0) AS total FROM line_invoice
      WHERE billing_period = ${period} AND closing_group = ${closingGroup}) AS i
    SET p.state = 'closed', p.invoice_count = i.invoices, p.item_count = i.items, p.total_minor = i.total,
      p.checksum = ${checksum}, p.closed_at = ${tx.clock.now()}
    WHERE p.period = ${period} AND p.closing_group = ${closingGroup}`.execute(sqlOf(tx.em));
  const changed = { table: 'billing_period', key: [period, closingGroup] } as const;
  await recordAudit(tx, { actor: 'spec', action: 'spec.close', subject: period, changed });
}
