import assert from 'node:assert/strict';
import { closeMonth, type Sale } from '../../../support/closed-month.ts';
import { assertPage, assertShown } from '../expect.ts';
import { click } from '../stage.ts';
import { LINES, type Desks } from './desk.ts';

const HEADER = 'line_id,holder,closing_group,status,valid_from,valid_to';
/** What each line bought of each company in April. */
const PRICE = 5_000n;

/** A file of the line master has a row that is refused: it is mended and sent again, the same morning. */
export async function importLines(desks: Desks): Promise<void> {
  const { hanako, begin } = desks;
  await begin('2026-05-25');
  const { page, upload, open, download } = hanako;
  const rows = LINES.map((line) => `${line},青葉 花子,end,active,2026-01-01,`);
  const bad = rows[1]!.replace(',end,', ',7,');
  const send = (name: string, sent: readonly string[]) =>
    upload('/billing/lines/files', '受信フォルダーへ送る', name, [HEADER, ...sent]);
  await send('master.csv', [rows[0]!, bad]);
  await assertPage(
    page,
    '回線マスターの取り込み',
    '「master.csv」を受信しました',
    '次の取り込みを待っています',
  );
  await importNow(desks);
  await assertShown(page, '一部受付不可');
  await click(page, 'link', 'master.csv');
  await assertPage(page, 'master.csv', '受付不可の行', '追加 1', '受付不可 1', '締日が正しくありません');
  const mend = page.getByRole('link', { name: '受付不可の行をダウンロード（CSV）' });
  const refused = (await download((await mend.getAttribute('href'))!)).toString();
  assert.equal(refused, `${HEADER}\n${bad}\n`);

  await send('mended.csv', [rows[1]!]);
  await assertPage(page, '回線マスターの取り込み', '「mended.csv」を受信しました');
  await importNow(desks);
  await click(page, 'link', 'mended.csv');
  await assertPage(page, 'mended.csv', '2026年5月25日(月)に取り込みました', '追加 1', '受付不可 0');
  await open(`/billing/lines/${LINES[1]}`);
  await assertPage(page, LINES[1], '青葉 花子', '月末');
}

/** From the page of files to the request, which a process takes, and back. */
async function importNow({ hanako: { page, open }, work }: Desks): Promise<void> {
  await click(page, 'link', '今すぐ取り込む');
  await assertPage(page, '処理を実行する', '直近の夜間処理', '2026年5月24日');
  await click(page, 'button', '実行を依頼する');
  await assertPage(page, '実行', '実行を依頼しました', '受け付けを待っています');
  await work();
  await open('/billing/lines/files');
}

/** The month is rehearsed; the night that closes it is asked for in two tabs, runs once, and proves what it closed. */
export async function rehearseAndClose(desks: Desks): Promise<void> {
  const { hanako, begin, work, sql } = desks;
  await sellApril(desks);
  const { page, open, tab } = hanako;
  await open('/billing/rehearsals');
  await page.getByLabel('対象').selectOption({ label: '2026年4月分の全締日グループと精算' });
  await click(page, 'button', 'リハーサルを開始');
  await assertPage(page, '2026年4月分のリハーサル', 'リハーサルを受け付けました');
  await work();
  await page.reload();
  await assertPage(
    page,
    '2026年4月分のリハーサル',
    '株式会社ほしぞら動画',
    'みなと読書会',
    '9,450円',
    '9,670円',
  );
  const rehearsal = new URL(page.url()).pathname;

  await begin('2026-05-26');
  await open('/billing/runs/start?job=night&date=2026-05-25');
  const second = await tab('/billing/runs/start?job=night&date=2026-05-25');
  for (const asked of [page, second]) {
    await click(asked, 'button', '実行を依頼する');
    await assertPage(asked, '実行', '実行を依頼しました');
  }
  await second.close();
  await work();
  const requests = await sql()
    .selectFrom('run_request')
    .select('outcome')
    .where('job', '=', 'night')
    .execute();
  assert.deepEqual(
    requests.map(({ outcome }) => outcome),
    ['parked'],
  );
  await open('/billing/closes');
  await page.getByRole('main').getByRole('link', { name: '2026年4月分　月末締め' }).click();
  await assertPage(page, '2026年4月分　月末締め', '締め済み', '検算は、すべて一致しています', '20,000円');
  await open(`${rehearsal}/comparison`);
  await assertPage(page, '2026年4月分のリハーサルと本番', 'このページの2社は、すべてリハーサルどおりです');
}

/** What the month sold: the nights before have put it on invoices. */
async function sellApril({ deps, hoshizora, minato }: Desks): Promise<void> {
  const sales = [hoshizora, minato].flatMap(({ companyId, serviceId }) =>
    LINES.map((lineId): Sale => ({ companyId, serviceId, lineId, closingGroup: 31, amountMinor: PRICE })),
  );
  await closeMonth(deps, { period: '2026-04', sales, closed: [] });
}
