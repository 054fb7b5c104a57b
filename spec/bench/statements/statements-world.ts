import type { RowDataPacket } from 'mysql2/promise';
import type { Deps } from '../../../src/deps.ts';
import { executeRun } from '../../../src/runs/execute-run.ts';
import { settleCompanies } from '../../../src/settlements/settle-companies.ts';
import { CLOSING_GROUPS, lastClosingDateOf } from '../../../src/shared/calendar.rules.ts';
import { closeMonth, type Sale } from '../../support/closed-month.ts';
import { onDatabase } from '../harness/bench-database.ts';
import { fillWorld } from '../harness/bench-world.ts';
import { approveDrafts } from '../../support/approve-settlements.ts';

const PERIOD = '2026-05';
/** In whose night the month is settled and its statements are rendered. */
export const SETTLING_DATE = lastClosingDateOf(PERIOD);

/** Of twenty companies one is large, four are middling and fifteen are small: 26, 4 and 1 or 2 pages. */
const serviceCountSql = 'CASE WHEN c.id % 20 = 0 THEN 150 WHEN c.id % 5 = 0 THEN 20 ELSE 1 + c.id % 3 END';
/** Names as various as a catalogue's: what a document embeds of a font is the characters it uses. */
const servicesSql = `
  INSERT INTO service (company_id, code, name, name_en, site_origin, state, created_at)
  SELECT c.id, CONCAT('s', LPAD(seq, 4, '0')), CONCAT(
      ELT(1 + (c.id + seq) % 12, '映画', '音楽', '電子書籍', '天気予報', '将棋', '料理', '園芸', '占い', '英会話', '鉄道', '野球', '健康'),
      ELT(1 + (c.id * 7 + seq DIV 3) % 10, '見放題', '通信講座', '倶楽部', '特選便', 'ライブ', '速報', '図鑑', 'プレミアム', '週刊', '工房'), ' ', seq),
    'Service', 'https://shop.example', 'active', NOW(3)
  FROM company c JOIN seq_2_to_150 ON seq <= ${serviceCountSql};
  UPDATE company c SET c.name = CONCAT('株式会社', ELT(1 + c.id % 8, '東雲', '青葉', '白鷺', '高砂', '千鳥', '若松', '琥珀', '朝霧'), c.id)`;

/** Fills a migrated database with companies whose month is settled, a sale for each service and closing group. */
export async function fillSettled(deps: Deps, databaseUrl: string, companies: number): Promise<void> {
  await fillWorld(databaseUrl, { companies, lines: CLOSING_GROUPS.length });
  const sales = await onDatabase(databaseUrl, async (connection) => {
    await connection.query(servicesSql);
    const [rows] = await connection.query<RowDataPacket[]>(
      'SELECT v.id, v.company_id, l.line_id, l.closing_group FROM service v CROSS JOIN line l ORDER BY v.id',
    );
    return rows.map(saleOf);
  });
  await closeMonth(deps, { period: PERIOD, sales });
  const night = { job: 'settle-companies', businessDate: SETTLING_DATE };
  const outcome = await executeRun(deps, night, settleCompanies);
  if (outcome.kind !== 'finished' || outcome.counts.done !== companies)
    throw new Error(`${companies} companies, but ${JSON.stringify(outcome)}`);
  await approveDrafts(deps);
}

function saleOf(row: RowDataPacket): Sale {
  const [serviceId, companyId] = [Number(row['id']), Number(row['company_id'])];
  return {
    serviceId,
    companyId,
    lineId: String(row['line_id']),
    closingGroup: row['closing_group'] as Sale['closingGroup'],
    amountMinor: BigInt(500 + ((serviceId * 37) % 9_500)),
    taxCode: serviceId % 7 === 0 ? 'reduced' : 'standard',
  };
}
