import assert from 'node:assert/strict';
import { assertHidden, assertMail, assertPage, assertShown } from './expect.ts';
import { click, HOLDER, signIn, type Stage } from './stage.ts';

/** Somebody on the way, with another network: reads and ends, and permits nothing more. */
export async function fromElsewhere({ site, page, begin, connect, mail }: Stage): Promise<void> {
  await begin();
  const [holder] = await site.newLine(['花子']);
  await site.subscribe(holder!, { chargeDay: 20 });
  connect(false);
  await page.goto(`${site.origin}/my/subscriptions`);
  await signIn(page, holder!.issuedId);
  await assertPage(
    page,
    '認証コードの入力',
    'ご契約の回線からの接続を確認できませんでした',
    'h***@h***.example',
  );
  await click(page, 'button', '認証コードを送信する');
  await assertShown(page, '認証コードを送信しました', '15分以内に入力してください');
  const sent = await mail(HOLDER, '認証コード');
  const code = /\b\d{8}\b/.exec(sent.parsed.text!)![0];
  assertMail(sent, code);
  await page.getByLabel('認証コード', { exact: true }).fill(code === '00000000' ? '11111111' : '00000000');
  await click(page, 'button', 'ログイン');
  await assertShown(page, '認証コードが正しくありません');
  await page.getByLabel('認証コード', { exact: true }).fill(code);
  await click(page, 'button', 'ログイン');
  await assertPage(page, '月額サービス', '動画見放題');
  await page
    .getByRole('main')
    .getByRole('link', { name: /動画見放題/ })
    .click();
  await click(page, 'link', '解約する');
  await click(page, 'button', '解約する');
  await assertPage(page, '動画見放題', '解約しました', '解約手続き済み');
  await site.use(holder!, 330n, { description: '楽曲「朝」' });
  await page.goto(`${site.origin}/my/purchases`);
  await page
    .getByRole('main')
    .getByRole('link', { name: /楽曲「朝」/ })
    .click();
  await assertPage(page, '楽曲「朝」', '330円');
  await assertHidden(page, '販売元に問い合わせる', '心当たりがないと申し出る');
  await page.goto(`${page.url()}/message`);
  await assertPage(page, '販売元に問い合わせる', 'ご契約の回線からお送りください');
  assert.equal(await page.getByRole('button', { name: '送信する' }).count(), 0);
  await page.goto(`${site.origin}/my/limits/change/line/charge-limit?amount=2000`);
  await click(page, 'button', '変更する');
  await assertPage(page, '限度額と制限', '2,000円', '変更しました。すでに有効です。');
  await page.goto(`${site.origin}/my/limits/change/line/charge-limit?amount=3000`);
  await assertShown(page, '増やす変更は、ご契約者がご契約回線に接続して行います。');
  assert.equal(await page.getByRole('button', { name: '変更する', exact: true }).count(), 0);
}
