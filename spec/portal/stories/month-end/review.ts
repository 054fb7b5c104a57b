import assert from 'node:assert/strict';
import { assertHidden, assertPage, assertShown } from '../expect.ts';
import { click } from '../stage.ts';
import type { Desk, Desks } from './desk.ts';

/** The trade name after the entry in the register. */
export const NEW_NAME = '株式会社ほしぞら配信';
const WHY = '商号が変わっています。登記のとおりに直してください';
const MONTH = '/billing/settlements?period=2026-04';

/** The approval of a subject that waits, as the list of the approver links it. */
async function openWaiting({ page, open }: Desk, subject: string): Promise<string> {
  await open('/billing/approvals');
  await page.getByRole('main').getByRole('link', { name: subject, exact: true }).first().click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  return new URL(page.url()).pathname;
}

/** Approves what another person has proposed, after the second factor. */
export async function approveWaiting(desk: Desk, subject: string): Promise<string> {
  const path = await openWaiting(desk, subject);
  await click(desk.page, 'link', '承認へ進む');
  const approve = () => click(desk.page, 'button', '承認する');
  await desk.stepUp(approve);
  await approve();
  await assertPage(desk.page, '承認', '承認しました。変更は反映されています。');
  return path;
}

/** All drafts are proposed at once; the approver sends one back, with the reason, and approves the other. */
export async function reviewDrafts(desks: Desks): Promise<void> {
  const { hanako, jiro } = desks;
  await hanako.open(MONTH);
  await assertPage(hanako.page, '2026年4月分の精算', '株式会社ほしぞら動画', '9,450円', '9,670円', '下書き');
  await click(hanako.page, 'link', '下書きをまとめて申請');
  await hanako.page.getByLabel('理由').fill('明細を確認しました');
  const seen = { count: '2', payout: '19120', reason: '明細を確認しました' };
  await click(hanako.page, 'button', '申請する');
  await assertPage(hanako.page, '2026年4月分の精算', '2件の承認を申請しました', '承認待ち');
  // The same form again, as a browser that was restored would send it: nothing is left to propose.
  assert.equal(await hanako.post('/billing/settlements/months/2026-04/propose', seen), 409);

  await jiro.open(MONTH);
  await jiro.page.getByRole('main').getByRole('link', { name: '株式会社ほしぞら動画' }).click();
  await assertPage(jiro.page, '株式会社ほしぞら動画', '承認待ち', '9,450円');
  await click(jiro.page, 'link', '差し戻し');
  await jiro.page.getByLabel('理由').fill(WHY);
  await click(jiro.page, 'button', '差し戻す');
  await assertPage(jiro.page, '株式会社ほしぞら動画', '差し戻しました', WHY);
  await jiro.open('/billing/approvals/settlements/2026-04');
  await assertShown(jiro.page, '2026年4月分の1件', '9,670円');
  const approveAll = () => click(jiro.page, 'button', 'まとめて承認する');
  await jiro.stepUp(approveAll);
  await approveAll();
  await assertPage(jiro.page, '承認', '1件の精算を承認しました');
}

/** What was wrong is corrected; the night draws the settlement up again, under its number. */
export async function correctAndRedraft(desks: Desks): Promise<void> {
  const { hanako, begin, work } = desks;
  const { page, open } = hanako;
  await open('/billing/companies/hoshizora/edit');
  await page.getByLabel('名称', { exact: true }).fill(NEW_NAME);
  await click(page, 'button', '保存する');
  await assertPage(page, NEW_NAME, '変更しました。');

  await begin('2026-05-27');
  await open('/billing/runs/start?job=night&date=2026-05-26');
  await click(page, 'button', '実行を依頼する');
  await work();
  await open(MONTH);
  await page.getByRole('main').getByRole('link', { name: NEW_NAME }).click();
  await assertPage(page, NEW_NAME, '下書き', '作成回数 2', '9,450円', '差し戻し', WHY);
}

/** Who proposed it cannot approve it, by any way; another person can, once, though two tabs ask for it. */
export async function approveByAnother({ hanako, jiro }: Desks): Promise<void> {
  const { page } = hanako;
  await click(page, 'link', '承認を申請');
  await page.getByLabel('理由').fill('新しい商号で作成し直したことを確認しました');
  await click(page, 'button', '申請する');
  await assertPage(page, NEW_NAME, '承認を申請しました');
  await click(page, 'link', '申請を見る');
  const approval = new URL(page.url()).pathname;
  await assertShown(page, 'ご自分の申請です');
  assert.equal(await page.getByRole('link', { name: '承認へ進む' }).count(), 0);
  await hanako.open(`${approval}/approve`);
  await assertShown(page, 'ご自分の申請は承認できません');
  await assertHidden(page, 'この申請を承認しますか');
  assert.equal(await hanako.post(`${approval}/approve`), 403);
  await hanako.open('/billing/approvals/settlements/2026-04');
  await assertShown(page, 'この月に、あなたが承認できる申請はありません');

  await jiro.open(`${approval}/approve`);
  const approve = () => click(jiro.page, 'button', '承認する');
  await jiro.stepUp(approve);
  const second = await jiro.tab(`${approval}/approve`);
  await approve();
  await assertPage(jiro.page, '承認', '承認しました');
  await click(second, 'button', '承認する');
  await assertShown(second, 'この申請は処理済みです', 'ほかの画面または担当者が先に処理しました');
  await second.close();
  assert.equal(await jiro.post(`${approval}/approve`), 409);
}
