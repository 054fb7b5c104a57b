import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { PASSWORD } from '../../support/checkout-site.ts';
import { assertMail, assertPage, assertShown } from './expect.ts';
import { click, HOLDER, signIn, type Stage } from './stage.ts';

const SELLER_NAME = '株式会社ほしぞら動画';

/** A parent limits and blocks what a child may buy; the checkout says so to the child before the button. */
export async function parentAndChild(stage: Stage): Promise<void> {
  const { site, page, begin, mail, elsewhere } = stage;
  await begin();
  const [parent, child] = await site.newLine(['花子', '太郎']);
  await page.goto(`${site.origin}/my`);
  await signIn(page, parent!.issuedId);
  await limitOnePurchase(stage);
  assertMail(await mail(HOLDER, '1回のお買い物の限度額'), '太郎', '1,000円', '2026年5月10日');
  await elsewhere(async (other) => {
    await openCheckout(stage, other, child!.issuedId);
    await assertShown(other, '1回のお買い物の上限を超えています', 'ご契約者が定めた1回の上限は1,000円です。');
    await assertNoButton(other);
  });
  await blockSeller(stage);
  assertMail(await mail(HOLDER, '利用を止める販売元'), '太郎', SELLER_NAME);
  await elsewhere(async (other) => {
    await openCheckout(stage, other, child!.issuedId);
    await assertShown(other, 'この販売元では購入できない設定です', '請求は発生していません。');
    await assertNoButton(other);
    await click(other, 'link', '限度額と制限の設定を見る');
    await assertPage(other, '限度額と制限', 'ご自分のIDの限度額を下げたり');
  });
}

/** To the settings of the child, as from anywhere: by the menu. */
async function openChild({ page }: Stage): Promise<void> {
  await page
    .getByRole('navigation', { name: 'メニュー' })
    .getByRole('link', { name: '限度額と制限' })
    .click();
  await assertPage(page, '限度額と制限', '発行IDごとの設定');
  await page.getByRole('main').getByRole('link', { name: /太郎/ }).click();
  await assertPage(page, '太郎', 'このIDの限度額');
}

async function limitOnePurchase(stage: Stage): Promise<void> {
  const { page } = stage;
  await openChild(stage);
  await page.getByRole('link', { name: '変更: 1回のお買い物の限度額' }).click();
  await page.getByLabel('新しい限度額（円）').fill('１，０００円');
  await click(page, 'button', '変更の内容を確認する');
  await assertShown(page, 'この内容で変更しますか', '1,000円', '変更するとすぐに（2026年5月10日');
  await click(page, 'button', '変更する');
  await assertPage(page, '太郎', '変更しました。すでに有効です。', '1,000円');
}

async function blockSeller(stage: Stage): Promise<void> {
  const { page } = stage;
  await openChild(stage);
  await click(page, 'link', '利用を止める販売元・サービスを選ぶ');
  await page.getByLabel('会社名またはサービス名').fill('ほしぞら');
  await click(page, 'button', '探す');
  await page.getByRole('main').getByRole('link', { name: 'すべてのサービス' }).click();
  await assertPage(page, SELLER_NAME, '新しい購入・加入・同意ができなくなり');
  await click(page, 'button', '利用を止める');
  await assertPage(page, '太郎', SELLER_NAME, '2026年5月10日');
}

async function openCheckout({ site }: Stage, page: Page, issuedId: string): Promise<void> {
  const { url } = await site.newCharge();
  await page.goto(url);
  await page.getByLabel('発行ID').fill(issuedId);
  await page.getByLabel('パスワード', { exact: true }).fill(PASSWORD);
  await click(page, 'button', '内容の確認へ進む');
}

/** Nothing can be bought here; going back can. */
async function assertNoButton(page: Page): Promise<void> {
  assert.equal(await page.getByRole('button', { name: /確認して購入/ }).count(), 0);
  assert.ok(await page.getByRole('button', { name: '購入せずに戻る' }).isVisible());
}
