import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { runRequests } from '../../../../batch/run-requests.ts';
import { importArrivedFiles } from '../../../../src/collections/import-arrived-files.ts';
import { sqlOf } from '../../../../src/database/sql.ts';
import { executeRehearsals } from '../../../../src/rehearsals/execute-rehearsal.ts';
import { makeStaff, PASSWORD } from '../../../support/accounts.ts';
import { openBrowser } from '../../../support/browser.ts';
import { makeCompany, makeContract, makeService } from '../../../support/factories.ts';
import { openAccountsSite } from '../../accounts/accounts-site.ts';
import { click } from '../stage.ts';

const neverAborted = new AbortController().signal;

/** Lines of the month: both close at month end. */
export const LINES = ['COP00410001', 'COP00410002'] as const;

/** Two companies before their first month end, and two people at their desks. The clock is at 2026-05-25, 10:00 in Tokyo. */
export async function openDesks() {
  const site = await openAccountsSite();
  const { deps, clock } = site.world;
  clock.set(new Date('2026-05-25T01:00:00.000Z'));
  const hoshizora = await makeSeller(deps, 'hoshizora', '株式会社ほしぞら動画', 'flets-2011');
  const minato = await makeSeller(deps, 'minato', 'みなと読書会', 'flets-2012');
  // Hanako may approve what others propose: what she cannot approve is what she proposed herself.
  const hanako = await openDesk(site, 'billing', 'billing-approver');
  const jiro = await openDesk(site, 'billing-approver');
  return {
    site,
    deps,
    clock,
    sql: () => sqlOf(deps.orm.em.fork()),
    hoshizora,
    minato,
    hanako,
    jiro,
    /** It is another day at the office: both sign in again. */
    async begin(day: string): Promise<void> {
      clock.set(new Date(`${day}T01:00:00.000Z`));
      await hanako.signIn();
      await jiro.signIn();
    },
    /** What the process of the timetable does with what people asked for. */
    async work(): Promise<void> {
      await runRequests().work(deps, neverAborted);
      await executeRehearsals(deps);
      await importArrivedFiles(deps, neverAborted);
    },
    async close(): Promise<void> {
      await hanako.close();
      await jiro.close();
      await site.close();
    },
  };
}

export type Desks = Awaited<ReturnType<typeof openDesks>>;
export type Desk = Awaited<ReturnType<typeof openDesk>>;
type Site = Awaited<ReturnType<typeof openAccountsSite>>;

async function makeSeller(deps: Site['world']['deps'], code: string, name: string, tariffCode: string) {
  const { id: companyId } = await makeCompany(deps, { code, name });
  const { id: serviceId } = await makeService(deps, { companyId });
  await makeContract(deps, { companyId, tariffCode });
  return { code, name, companyId, serviceId };
}

/** Somebody of the carrier with a browser, a password and an authenticator app. */
async function openDesk(site: Site, ...roles: Parameters<typeof makeStaff>[1][]) {
  const { account } = await makeStaff(site.world.deps, ...roles);
  const browser = await openBrowser({ viewport: { width: 1280, height: 900 } });
  const { context } = browser;
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const origin = site.origins.staff;
  /** Types the code that the app shows now. */
  const enterCode = async () => {
    await page.getByLabel('確認コード').fill(site.nextCode());
    await click(page, 'button', '確認する');
  };
  return {
    page,
    open: (path: string) => page.goto(`${origin}${path}`),
    async signIn(): Promise<void> {
      await context.clearCookies();
      await page.goto(`${origin}/staff/sign-in?lang=ja`);
      await page.getByLabel('メールアドレス').fill(account.email);
      await page.getByLabel('パスワード', { exact: true }).fill(PASSWORD);
      await click(page, 'button', '次へ進む');
      await enterCode();
      await page.getByRole('heading', { level: 1, name: '今日' }).waitFor();
    },
    /** Is asked for the second factor again instead of the act, and leads back to it. */
    async stepUp(act: () => Promise<void>): Promise<void> {
      site.world.clock.advance(6 * 60_000);
      await act();
      await page.getByRole('heading', { level: 1, name: 'もう一度ご本人の確認' }).waitFor();
      await enterCode();
    },
    /** Another tab of the same browser. */
    async tab(path: string): Promise<Page> {
      const other = await context.newPage();
      await other.goto(`${origin}${path}`);
      return other;
    },
    /** Sends a form past the page, as a script or a form sent again would; the status. */
    async post(path: string, form: Readonly<Record<string, string>> = {}): Promise<number> {
      const token = await page.locator('input[name="form_token"]').first().inputValue();
      const reply = await context.request.post(`${origin}${path}`, {
        form: { form_token: token, ...form },
        headers: { origin },
        maxRedirects: 0,
      });
      return reply.status();
    },
    /** The bytes behind a link or an address. */
    async download(path: string): Promise<Buffer> {
      const reply = await context.request.get(`${origin}${path}`);
      assert.equal(reply.status(), 200, path);
      return reply.body();
    },
    /** Sends a file that is written here. */
    async upload(path: string, button: string, name: string, rows: readonly string[]): Promise<void> {
      await page.goto(`${origin}${path}`);
      const buffer = Buffer.from([...rows, ''].join('\n'));
      await page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'text/csv', buffer });
      await click(page, 'button', button);
    },
    close: () => browser.close(),
  };
}
