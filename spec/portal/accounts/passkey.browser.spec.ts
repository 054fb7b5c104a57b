import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { makeInvited, PASSWORD } from '../../support/accounts.ts';
import { openBrowser, type TestBrowser } from '../../support/browser.ts';
import { openAccountsSite, type AccountsSite } from './accounts-site.ts';

/** A device with a screen lock, whose owner always agrees. */
const DEVICE = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;

async function submit(page: Page, name: string): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name, exact: true }).click()]);
}

describe('passkeys in a browser', () => {
  let site: AccountsSite;
  let browser: TestBrowser;
  before(async () => void ([site, browser] = [await openAccountsSite(), await openBrowser()]));
  after(async () => {
    await browser.close();
    await site.close();
  });

  const at = (path: string) => site.at('staff', path);
  const device = async (page: Page, isUserVerified = true) => {
    const cdp = await browser.context.newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    const options = { ...DEVICE, isUserVerified };
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options });
    return {
      verify: (yes: boolean) =>
        cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: yes }),
    };
  };

  it('is the first factor of an invited person, signs in and steps up; a refused one can be tried again', async () => {
    const { account, token } = await makeInvited(site.world.deps);
    const page = await browser.context.newPage();
    const { verify } = await device(page);
    await page.goto(at(`/invitation/${token}`));
    await page.getByLabel('新しいパスワード').fill(PASSWORD);
    await submit(page, '設定して進む');
    await page.goto(at('/enrolment/passkey'));
    await page.getByLabel('パスキーの名前').fill('仕事用のノート');
    await submit(page, 'パスキーを登録する');
    assert.equal((await page.locator('#codes').textContent())?.split('\n').length, 10);
    assert.equal((await page.goto(at('/account')))?.status(), 200);
    assert.ok(await page.getByText('仕事用のノート', { exact: true }).first().isVisible());
    await submit(page, 'ログアウト');

    await page.getByLabel('メールアドレス').fill(account.email);
    await page.getByLabel('パスワード', { exact: true }).fill(PASSWORD);
    await submit(page, '次へ進む');
    assert.ok(await page.getByText('JavaScriptが必要です').isHidden());
    await verify(false);
    await page.getByRole('button', { name: 'パスキーで確認する' }).click();
    await page.getByText('パスキーの操作が完了しませんでした').waitFor();
    await verify(true);
    await submit(page, 'パスキーで確認する');
    assert.equal(page.url(), `${site.origins.staff}/support`);

    site.world.clock.advance(6 * 60_000);
    await page.goto(at('/enrolment/app'));
    assert.ok(page.url().startsWith(at('/step-up')));
    await submit(page, 'パスキーで確認する');
    assert.equal(page.url(), at('/enrolment/app'));
    await page.close();
  });
});
