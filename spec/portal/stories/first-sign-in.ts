import assert from 'node:assert/strict';
import { issueSubscriber } from '../../../src/identity/issue-subscriber.ts';
import { staff } from '../../support/actors.ts';
import { assertMail, assertPage, assertShown } from './expect.ts';
import { click, HOLDER, pathIn, signIn, textOf, type Stage } from './stage.ts';

/** From a letter with an issued ID to a cancelled subscription. */
export async function firstSignIn({ site, page, begin, mail }: Stage): Promise<void> {
  await begin();
  const [holder] = await site.newLine(['花子']);
  const { lineId, holderFrom } = holder!.buyer;
  const issued = { lineId, displayName: '太郎', password: { generate: true } } as const;
  const { subscriber, password } = await issueSubscriber(site.world.deps, staff(), issued);
  const buyer = { lineId, holderFrom, subscriberId: subscriber.id };
  await site.subscribe({ buyer, consentId: '' }, { chargeDay: 20 });

  await page.goto(`${site.origin}/my`);
  await assertPage(page, 'ログイン');
  await signIn(page, subscriber.issuedId, password);
  await assertPage(page, '新しいパスワードの設定', '現在のパスワードは仮のものです');
  await page.goto(`${site.origin}/my/subscriptions`);
  await assertPage(page, '新しいパスワードの設定');
  await page.getByLabel('新しいパスワード', { exact: true }).fill('夜空に星がひとつ');
  await click(page, 'button', '設定して進む');
  await assertPage(page, '今月のご利用状況', 'お客様のIDでのご利用だけを表示しています。');
  await cancel({ page });
  const cancelled = await mail(HOLDER, '月額サービスのご解約を承りました');
  assertMail(cancelled, '最後のご請求は2026年5月分です', '動画見放題', '2026年5月31日');
  await page.goto(`${site.origin}${pathIn(cancelled, '/my/subscriptions/')}`);
  await assertPage(page, '動画見放題', '解約手続き済み');
}

/** From the overview to the cancelled subscription. */
async function cancel({ page }: Pick<Stage, 'page'>): Promise<void> {
  await click(page, 'link', '月額サービスをすべて見る');
  await assertPage(page, '月額サービス', '解約はこのページからいつでもできます', '動画見放題');
  await page
    .getByRole('main')
    .getByRole('link', { name: /動画見放題/ })
    .click();
  await assertPage(page, '動画見放題', '次回のお支払い：2026年5月分 500円', '加入中');
  await click(page, 'link', '解約する');
  await assertPage(
    page,
    '月額サービスの解約',
    'まだ解約されていません',
    '2026年5月分（500円）は、解約してもお支払いいただきます',
    '2026年5月31日(日)まで',
    '2026年5月分を最後に、お支払いはなくなります',
  );
  await click(page, 'button', '解約する');
  await assertPage(
    page,
    '動画見放題',
    '解約しました。今月分を最後に、お支払いはなくなります。',
    '解約手続き済み',
  );
  assert.equal(await page.getByRole('link', { name: '解約する', exact: true }).count(), 0);
  await page.reload();
  assert.ok(!(await textOf(page)).includes('解約しました。今月分'), 'the message is shown once');
  await assertShown(page, '解約手続き済み');
}
