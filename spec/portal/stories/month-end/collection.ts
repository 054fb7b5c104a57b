import { closeMonth, type Sale } from '../../../support/closed-month.ts';
import { assertPage, assertShown } from '../expect.ts';
import { click } from '../stage.ts';
import { LINES, type Desks } from './desk.ts';
import { NEW_NAME } from './review.ts';

const HEADER = 'invoice_number,result,collected_amount,result_date,sequence,result_code';
const FILES = '/billing/collections/files';

/** The carrier says what it has collected of April: one invoice is not, and its companies owe their shares. */
export async function learnWhatIsCollected(desks: Desks): Promise<void> {
  const { hanako, begin, work, sql } = desks;
  await begin('2026-06-10');
  const { page } = hanako;
  const invoices = await sql()
    .selectFrom('line_invoice')
    .select('number')
    .where('billingPeriod', '=', '2026-04')
    .orderBy('number')
    .execute();
  const rows = [
    `${invoices[0]!.number},uncollected,0,2026-06-09,1,E1`,
    `${invoices[1]!.number},collected,10000,2026-06-09,1,`,
  ];
  const send = (name: string, sent = rows) =>
    hanako.upload(FILES, '受信フォルダーに入れる', name, [HEADER, ...sent]);
  await send('results.csv');
  await assertPage(page, '回収のファイル', 'results.csv（2行）を受信フォルダーに入れました');
  // Minutes later the same rows come in another order: the factor is asked for again, and then the file.
  await hanako.stepUp(() => send('results_again.csv'));
  await send('results_again.csv', rows.toReversed());
  await assertPage(page, '回収のファイル', 'results_again.csv（2行）を受信フォルダーに入れました');
  desks.clock.advance(5 * 60_000);
  await work();
  await hanako.open(FILES);
  await click(page, 'link', 'results.csv');
  await assertPage(page, 'results.csv', '新しく記録した行 2', '取り込めなかった行 0');
  await hanako.open(FILES);
  await click(page, 'link', 'results_again.csv');
  await assertPage(page, 'results_again.csv', '新しく記録した行 0');
  await hanako.open('/billing/collections/clawbacks');
  await assertShown(page, 'hoshizora 5,000円', 'minato 5,000円', '10,000円');
}

/** The settlement of May takes what came back of April. */
export async function settleNextMonth(desks: Desks): Promise<void> {
  const { hanako, begin, work, deps, hoshizora, minato } = desks;
  const sales = [hoshizora, minato].flatMap(({ companyId, serviceId }) =>
    LINES.map((lineId): Sale => ({ companyId, serviceId, lineId, closingGroup: 31, amountMinor: 6_000n })),
  );
  await closeMonth(deps, { period: '2026-05', sales, closed: [] });
  await begin('2026-06-26');
  const { page, open } = hanako;
  await open('/billing/runs/start?job=night&date=2026-06-25');
  await click(page, 'button', '実行を依頼する');
  await work();
  await open('/billing/settlements?period=2026-05');
  await page.getByRole('main').getByRole('link', { name: NEW_NAME }).click();
  // 12,000 less 5% with tax (660) less the 5,000 that nobody paid.
  await assertPage(page, NEW_NAME, '未回収分の差引 -5,000円', '6,340円');
}
