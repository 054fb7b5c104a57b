import assert from 'node:assert/strict';
import { PASSWORD } from '../../support/checkout-site.ts';
import { assertMail, assertPage, assertShown } from './expect.ts';
import { click, HOLDER, pathIn, SELLER, signIn, type Stage } from './stage.ts';

const FILM = '映画「夏の庭」48時間レンタル';

/** A purchase on a tablet, which the holder of the line does not know and asks about. */
export async function unknownPurchase(stage: Stage): Promise<void> {
  const { site, page, begin, mail } = stage;
  await begin();
  const [holder, taro] = await site.newLine(['花子', '太郎']);
  await buyAndSignOut(stage, taro!.issuedId);

  await page.goto(`${site.origin}/my`);
  await signIn(page, holder!.issuedId);
  await assertPage(page, '今月のご利用状況', '1,100円', '太郎');
  await click(page, 'link', 'すべてのご利用明細を見る');
  await page.getByRole('main').getByRole('link', { name: FILM }).click();
  await assertPage(page, FILM, '1,100円', '太郎', '回線とパスワード', '127.0.0.*', '株式会社ほしぞら動画');
  await openReceipt(stage);
  await click(page, 'link', '心当たりがないと申し出る');
  await assertPage(page, '心当たりのない購入', '太郎', taro!.issuedId, '03-0000-0000');
  await page.getByLabel('伝えたいこと').fill('家族の誰も買っていません。');
  await click(page, 'button', '心当たりがないと申し出る');
  await assertPage(page, '心当たりのない購入のお申し出', 'お申し出を受け付けました。', '受付済み');
  const number = /C-2026-\d{6}/.exec(page.url())![0];
  await assertShown(page, number, '家族の誰も買っていません。');
  const reported = await mail(HOLDER, 'お心当たりのない購入のご連絡を受け付けました');
  assertMail(reported, number, FILM, '1,100円');
  await page.goto(`${site.origin}${pathIn(reported, '/my/cases/')}`);
  await assertPage(page, '心当たりのない購入のお申し出', number);
  await askCompany(stage);
}

async function buyAndSignOut({ site, page }: Stage, issuedId: string): Promise<void> {
  const { url } = await site.newCharge();
  await page.goto(url);
  await page.getByLabel('発行ID').fill(issuedId);
  await page.getByLabel('パスワード', { exact: true }).fill(PASSWORD);
  await click(page, 'button', '内容の確認へ進む');
  await click(page, 'button', '確認して購入（1,100円）');
  await assertPage(page, 'ご購入が完了しました', '購入番号', 'マイページで見る');
  await click(page, 'button', 'ログアウト');
  await page.goto(`${site.origin}/my`);
  await assertPage(page, 'ログイン');
}

async function openReceipt({ page, context }: Stage): Promise<void> {
  const link = page.getByRole('link', { name: 'ご購入内容の控え（PDF）' });
  const reply = await context.request.get(new URL((await link.getAttribute('href'))!, page.url()).href);
  assert.deepEqual([reply.status(), reply.headers()['content-type']], [200, 'application/pdf']);
  assert.equal((await reply.body()).subarray(0, 5).toString(), '%PDF-');
}

/** From the case to the company, its answer without an account, and back. */
async function askCompany({ site, page, mail, elsewhere }: Stage): Promise<void> {
  await click(page, 'link', '販売元に問い合わせる');
  await assertPage(page, '販売元に問い合わせる', FILM);
  await page.getByLabel('その他').check();
  await page.getByLabel('お問い合わせの内容').fill('どの端末で再生されましたか。');
  await click(page, 'button', '送信する');
  await assertPage(
    page,
    '株式会社ほしぞら動画へのお問い合わせ',
    '送信しました',
    'どの端末で再生されましたか。',
  );
  const enquiry = new URL(page.url()).pathname;
  const asked = await mail(SELLER, 'お問い合わせ');
  assertMail(asked, 'どの端末で再生されましたか。', FILM);
  await elsewhere(async (other) => {
    await other.goto(`${site.origin}${pathIn(asked, '/answers/')}`);
    await assertPage(other, 'お客さまからのお問い合わせ', 'どの端末で再生されましたか。', FILM);
    await other.getByRole('textbox', { name: '回答' }).fill('居間のテレビで再生されています。');
    await click(other, 'button', '回答を送信する');
    await assertShown(other, '回答を送信しました', '居間のテレビで再生されています。');
  });
  const answered = await mail(HOLDER, 'から回答がありました');
  assertMail(answered, '居間のテレビで再生されています。', FILM);
  assert.equal(pathIn(answered, '/my/enquiries/'), enquiry);
  await page.goto(`${site.origin}${enquiry}`);
  await assertPage(page, '株式会社ほしぞら動画へのお問い合わせ', '居間のテレビで再生されています。');
  await page
    .getByRole('navigation', { name: 'メニュー' })
    .getByRole('link', { name: 'お問い合わせ' })
    .click();
  await assertPage(page, 'お問い合わせ', '回答あり', '受付済み');
}
