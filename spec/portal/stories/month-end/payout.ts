import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assertPage, assertShown } from '../expect.ts';
import { click } from '../stage.ts';
import type { Desks } from './desk.ts';
import { approveWaiting } from './review.ts';

const DUE = '/billing/payouts';

/** What is due is collected into a run: proposed by one person, approved by another, and written once. */
export async function payCompanies(desks: Desks): Promise<void> {
  const { hanako, jiro, begin, sql } = desks;
  await begin('2026-06-29');
  const { page } = hanako;
  await hanako.open(DUE);
  await assertPage(page, '支払予定', '2件・合計19,120円を振り込めます', '2026年6月30日');
  await click(page, 'link', '振込データを作成');
  const second = await hanako.tab(`${DUE}/prepare`);
  await click(page, 'button', '作成する');
  await assertPage(page, '振込データ', '振込データを1件作成しました', '下書き', '19,120円');
  const path = new URL(page.url()).pathname;
  const number = path.split('/').at(-1)!;
  await click(second, 'button', '作成する');
  await assertShown(second, '作成できるものはありませんでした');
  await second.close();

  await click(page, 'link', '承認を申請');
  await page.getByLabel('理由').fill('4月分の支払');
  await click(page, 'button', '承認を申請する');
  await assertPage(page, '振込データ', '承認待ち', '承認を申請しました');
  assert.equal(await hanako.post(`${path}/propose`, { reason: '4月分の支払' }), 409);
  assert.equal(await hanako.post(`${path}/write`), 403);
  await click(page, 'link', '申請を開く');
  const approval = new URL(page.url()).pathname;
  assert.equal(await page.getByRole('link', { name: '承認へ進む' }).count(), 0);
  assert.equal(await hanako.post(`${approval}/approve`), 403);

  assert.equal(await approveWaiting(jiro, `振込データ ${number}`), approval);
  await hanako.open(path);
  await assertPage(page, '振込データ', '承認済み・未送信');
  await click(page, 'link', '振込ファイルを作成');
  const write = () => click(page, 'button', 'ファイルを作成する');
  await hanako.stepUp(write);
  await write();
  await assertPage(page, '振込データ', '振込ファイルを作成しました', '送信済み');
  const runs = await sql().selectFrom('payout_run').select(['number', 'state', 'checksum']).execute();
  assert.deepEqual(
    runs.map(({ state }) => state),
    ['sent'],
  );
  await checkFile(desks, number);
  assert.equal(await jiro.post(`${path}/write`), 403);
}

/** The bytes that are downloaded are those on disk, whose checksum the page shows: 120 a record, and the sum at the end. */
async function checkFile({ hanako, deps }: Desks, number: string): Promise<void> {
  const { page, download } = hanako;
  const link = page.getByRole('link', { name: '振込ファイルをダウンロード' });
  const bytes = await download((await link.getAttribute('href'))!);
  assert.deepEqual(bytes, await readFile(join(deps.config.filesDir, 'payouts', `${number}.txt`)));
  await assertShown(page, createHash('sha256').update(bytes).digest('hex'));
  const records = bytes.toString('latin1').split('\r\n');
  assert.equal(records.pop(), '');
  assert.deepEqual(
    records.map((record) => [record[0], record.length]),
    [
      ['1', 120],
      ['2', 120],
      ['2', 120],
      ['8', 120],
      ['9', 120],
    ],
  );
  assert.equal(records[0]!.slice(54, 58), '0630');
  assert.equal(records[3]!.slice(1, 19), `${'2'.padStart(6, '0')}${'19120'.padStart(12, '0')}`);
}
