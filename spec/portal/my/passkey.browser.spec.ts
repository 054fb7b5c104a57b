import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { sqlOf } from '../../../src/database/sql.ts';
import type { Subscriber } from '../../../src/identity/subscriber.entity.ts';
import { openBrowser, type TestBrowser } from '../../support/browser.ts';
import {
  openCheckoutSite,
  PASSWORD,
  ScriptedLineCheck,
  type CheckoutSite,
} from '../../support/checkout-site.ts';

/** A phone with a screen lock, whose owner always agrees. */
const DEVICE = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;
const PHONE = { width: 375, height: 812 };

async function submit(page: Page, name: string): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name, exact: true }).click()]);
}

describe('a passkey of a subscriber in a browser', () => {
  let site: CheckoutSite;
  let browser: TestBrowser;
  before(async () => {
    site = await openCheckoutSite(new ScriptedLineCheck(), { siteHost: 'localhost' });
    browser = await openBrowser({ viewport: PHONE });
  });
  after(async () => {
    await browser.close();
    await site.close();
  });

  const at = (path: string) => `${site.origin}${path}`;
  const device = async (page: Page) => {
    const cdp = await browser.context.newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options: DEVICE });
    return {
      verify: (isUserVerified: boolean) =>
        cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    };
  };
  const typeIn = async (page: Page, { issuedId }: Subscriber) => {
    await page.goto(at('/my/sign-in'));
    await page.getByLabel('発行ID').fill(issuedId);
    await page.getByLabel('パスワード', { exact: true }).fill(PASSWORD);
    await submit(page, 'ログイン');
  };

  it('is registered, signs in, confirms again, buys, and is removed', async () => {
    const subscriber = await site.newSubscriber();
    const page = await browser.context.newPage();
    const { verify } = await device(page);
    await typeIn(page, subscriber);
    await page.goto(at('/my/security'));
    await page.getByRole('link', { name: 'パスキーを登録する' }).click();
    assert.match(await page.getByLabel('パスキーの名前').inputValue(), /Chrome/);
    await page.getByLabel('パスキーの名前').fill('わたしの電話');
    await submit(page, '登録する');
    assert.equal(page.url(), at('/my/security'));
    assert.ok(await page.getByText('パスキーを登録しました').isVisible());
    await submit(page, 'ログアウト');

    await verify(false);
    await page.getByRole('button', { name: 'パスキーを使う' }).click();
    await page.getByText('パスキーの操作が完了しませんでした').waitFor();
    await verify(true);
    await submit(page, 'パスキーを使う');
    assert.equal(page.url(), at('/my'));

    site.world.clock.advance(6 * 60_000);
    await page.goto(at('/my/security/passkeys/new'));
    assert.ok(page.url().startsWith(at('/my/step-up')));
    await submit(page, 'パスキーで確認する');
    assert.equal(page.url(), at('/my/security/passkeys/new'));
    await page.getByRole('button', { name: '登録する' }).click();
    await page.getByText('パスキーを登録できませんでした').waitFor();
    await submit(page, 'ログアウト');

    const { id, url } = await site.newCharge({ automaticCapture: false });
    await page.goto(url);
    await submit(page, 'パスキーを使う');
    await submit(page, '確認して購入（1,100円）');
    assert.ok(await page.getByText('回線とパスキー').isVisible());
    const charges = sqlOf(site.world.deps.orm.em.fork()).selectFrom('charge').select('state');
    assert.equal((await charges.where('id', '=', id).executeTakeFirstOrThrow()).state, 'authorized');

    await page.goto(at('/my/security'));
    await page.getByRole('link', { name: /わたしの電話/ }).click();
    await page.getByRole('link', { name: 'パスキーを削除する' }).click();
    await submit(page, '削除する');
    assert.ok(page.url().startsWith(at('/my/sign-in')));
    await submit(page, 'パスキーを使う');
    assert.ok(await page.getByText('パスキーで確認できませんでした').first().isVisible());
    await page.close();
  });

  it('is not offered without scripts, and everything else works', async () => {
    const plain = await openBrowser({ javaScriptEnabled: false, viewport: PHONE });
    const page = await plain.context.newPage();
    const { url } = await site.newCharge();
    for (const address of [at('/my/sign-in'), url]) {
      await page.goto(address);
      assert.equal(await page.getByRole('button', { name: 'パスキーを使う' }).count(), 0);
      assert.ok(await page.getByText('または', { exact: true }).isHidden());
    }
    await typeIn(page, await site.newSubscriber());
    await page.goto(at('/my/security/passkeys/new'));
    assert.ok(await page.getByText('このブラウザーではパスキーを登録できません').isVisible());
    assert.equal(await page.getByRole('button', { name: '登録する' }).count(), 0);
    await plain.close();
  });
});
