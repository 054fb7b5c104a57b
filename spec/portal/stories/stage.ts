import type { Page } from 'playwright-core';
import { parseConfig } from '../../../config/config.ts';
import { jobActor } from '../../../src/access/actor.ts';
import { sendMails } from '../../../src/mails/send-mails.ts';
import { openBrowser } from '../../support/browser.ts';
import { PASSWORD, ScriptedLineCheck } from '../../support/checkout-site.ts';
import { startSmtpReceiver, type ReceivedMail } from '../../support/smtp-receiver.ts';
import { openContactSite } from '../my/contact-site.ts';

/** Where the mails of every holder go. */
export const HOLDER = 'hanako@holder.example';
/** Where the seller reads enquiries. */
export const SELLER = 'support@shop.example';

const PHONE = { width: 375, height: 812 };
const DESK = { width: 1280, height: 900 };
const ACCEPTED = { kind: 'accepted', server: '127.0.0.1:1812' } as const;

/** The whole service, a mail server on loopback and one Chromium: what all stories are clicked in. */
export async function openStage() {
  const lineCheck = new ScriptedLineCheck();
  const site = await openContactSite(lineCheck);
  const receiver = await startSmtpReceiver();
  const { mail } = parseConfig({ MAIL_SMTP_URL: receiver.url, MAIL_FROM: 'no-reply@carrier.example' });
  const deps = { ...site.world.deps, config: { ...site.world.config, mail } };
  const browser = await openBrowser({ viewport: PHONE });
  const { context } = browser;
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();

  return {
    site,
    page,
    context,
    /** Begins a story: nobody is signed in, on the line, at a phone. */
    async begin(viewport: 'phone' | 'desk' = 'phone'): Promise<void> {
      await context.clearCookies();
      await page.setViewportSize(viewport === 'phone' ? PHONE : DESK);
      lineCheck.outcome = ACCEPTED;
      receiver.reset();
    },
    /** Whether the browser is on the line from now on. */
    connect(isOnLine: boolean): void {
      lineCheck.outcome = isOnLine ? ACCEPTED : { kind: 'refused', reason: 'rejected' };
    },
    /** Sends what waits in the outbox; the newest mail to an address whose subject has these words. */
    async mail(to: string, subject: string): Promise<ReceivedMail> {
      await sendMails(deps, jobActor('send-mails'), {});
      const mails = receiver.mails.filter(
        (one) => one.to.includes(to) && one.parsed.subject?.includes(subject),
      );
      const last = mails.at(-1);
      if (last) return last;
      const got = receiver.mails.map((one) => `${one.to.join()}: ${one.parsed.subject}`);
      throw new Error(`no mail “${subject}” to ${to}, but ${got.join('; ') || 'none'}`);
    },
    /** What somebody else does in a browser that knows nobody; afterwards the person is still signed in. */
    async elsewhere(work: (other: Page) => Promise<void>): Promise<void> {
      const cookies = await context.cookies();
      await context.clearCookies();
      const other = await context.newPage();
      await work(other);
      await other.close();
      await context.clearCookies();
      await context.addCookies(cookies);
    },
    async close(): Promise<void> {
      await browser.close();
      await receiver.close();
      await site.close();
    },
  };
}

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** Fills the sign-in of the own pages, which are in Japanese, and sends it. */
export async function signIn(page: Page, issuedId: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('発行ID').fill(issuedId);
  await page.getByLabel('パスワード', { exact: true }).fill(password);
  await click(page, 'button', 'ログイン');
}

/** Clicks the one link or button with exactly this name in the page's own part. */
export const click = (page: Page, role: 'link' | 'button', name: string) =>
  page.getByRole('main').getByRole(role, { name, exact: true }).click();

/** The text of the page, as it is read. */
export const textOf = async (page: Page): Promise<string> =>
  (await page.locator('body').innerText()).replaceAll(/\s+/g, ' ');

/** The path of a link in a mail to the site. */
export function pathIn({ parsed }: ReceivedMail, beginning: string): string {
  const found = (parsed.text ?? '').match(/https?:\/\/\S+/g)?.map((link) => new URL(link));
  const url = found?.find(({ pathname }) => pathname.startsWith(beginning));
  if (!url) throw new Error(`the mail has no link to ${beginning}`);
  return `${url.pathname}${url.search}`;
}
