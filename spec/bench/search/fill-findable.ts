import type { RowDataPacket } from 'mysql2/promise';
import { composeIssuedId } from '../../../src/identity/issued-id.rules.ts';
import { onDatabase } from '../harness/bench-database.ts';
import { nameHoldersSql } from './name-holders.sql.ts';

/** The line whose things are looked for, in a database of any size. */
const LINE = 'CAF0000000042';
const ISSUED_ID = composeIssuedId(() => 4);

/** A month of which every line has an invoice; 400 different totals. */
const INVOICED = '2025-11';
const invoicesSql = `
  INSERT INTO line_invoice (billing_period, closing_group, line_id, holder_from, number, item_count, total_minor)
  SELECT '${INVOICED}', l.closing_group, l.line_id, '2020-01-01',
    CONCAT('${INVOICED.replace('-', '')}-', LPAD(l.closing_group, 2, '0'), '-', RIGHT(l.line_id, 7)), 1, 100 + CRC32(l.line_id) % 400
  FROM line l`;

/** Names, telephone numbers and addresses for the holders of a filled database, invoices, and an issued ID as they are issued. */
export async function fillFindable(url: string): Promise<void> {
  await onDatabase(url, async (connection) => {
    await connection.query(nameHoldersSql);
    await connection.query('SET foreign_key_checks = 0, unique_checks = 0, check_constraint_checks = 0');
    await connection.query(invoicesSql);
    await connection.query('UPDATE subscriber SET issued_id = ? WHERE line_id = ?', [ISSUED_ID, LINE]);
  });
}

/** Identifiers that a caller may read out, of which each database has its own. */
export async function listIdentifiers(url: string): Promise<Readonly<Record<string, string>>> {
  return await onDatabase(url, async (connection) => {
    const [[row]] = await connection.query<RowDataPacket[]>(
      `SELECT (SELECT MAX(id) FROM charge WHERE line_id = '${LINE}') AS 'a charge', (SELECT MAX(id) FROM subscription) AS 'a subscription',
         (SELECT MAX(id) FROM refund) AS 'a refund', (SELECT MAX(id) FROM consent) AS 'a consent',
         (SELECT MAX(number) FROM line_invoice WHERE line_id = '${LINE}') AS 'an invoice'`,
    );
    return { ...(row as Record<string, string>), 'an issued ID': ISSUED_ID };
  });
}
