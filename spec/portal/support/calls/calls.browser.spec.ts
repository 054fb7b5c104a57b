import { after, before, describe, it, type TestContext } from 'node:test';
import { changeHolder } from '../../../purchases/change-holder.ts';
import { giveReason, openDesk, type Desk } from './call.ts';

/** The identifiers of all lines begin so. */
const LINE = /^CAF/;

describe('the ten most usual calls, each answered in at most four clicks from the search box', () => {
  let desk: Desk;
  before(async () => void (desk = await openDesk()));
  after(() => desk.close());

  /** How long a call took a machine, for the reader of the report. */
  const call = (name: string, answer: () => Promise<void>) =>
    it(name, async (test: TestContext) => {
      const begun = performance.now();
      await answer();
      test.diagnostic(`${desk.hangUp()} clicks, ${((performance.now() - begun) / 1_000).toFixed(1)} s`);
    });

  call('“there is a charge of 550 yen on my bill that I do not recognise”', async () => {
    await desk.search('550 2026-04');
    await desk.click('link', '夏の主題歌');
    await desk.reads('Proof of person and line', 'Seller', '03-0000-0000', desk.site.ids.invoice);
    await desk.click('link', 'Open a case');
    await desk.page.getByLabel('What the customer said').fill('Nobody in the family bought this.');
    await desk.send();
    await desk.reads(/Tell the customer the number of the case/);
  });

  call('“charged twice”: the line has one purchase of that amount', async () => {
    await desk.search(desk.site.ids.line);
    await desk.click('link', LINE);
    await desk.click('link', 'Purchases');
    await desk.page.getByLabel('Amount').fill('550');
    await desk.click('button', /Filter/);
    await desk.reads('夏の主題歌', /Filtered: ¥550/);
  });

  call('“cancel my subscription”', async () => {
    await desk.search(desk.site.ids.subscription);
    await desk.click('link', /^sb_/);
    await desk.page.locator('section[aria-labelledby="subscriptions"]').scrollIntoViewIfNeeded();
    await desk.page.locator('section[aria-labelledby="subscriptions"] table').waitFor();
    await desk.click('link', '動画見放題');
    await giveReason(desk, 'Does not watch it any more.');
    await desk.send();
    await desk.reads(/The subscription is cancelled/);
  });

  call('“I forgot my password”', async () => {
    await desk.search(desk.site.ids['issued-id']);
    await desk.click('link', LINE);
    await desk.click('link', /^F\d{3} /);
    await desk.click('link', 'New password');
    await giveReason(desk, 'Forgot it, and has no mail address.');
    await desk.send();
    await desk.reads('Temporary password');
  });

  call('“my child bought it”: a limit for the line', async () => {
    await desk.search('トウザイ');
    await desk.click('link', LINE);
    await desk.click('link', 'Limits');
    await desk.page.getByLabel('Amount').fill('3000');
    await giveReason(desk, 'The holder asked for it on the telephone.');
    await desk.send();
    await desk.reads(/It counts at once/);
  });

  call('“a limit stops me”: which one, and what is left', async () => {
    await desk.search('03-1234-9876');
    await desk.click('link', LINE);
    await desk.reads('Limits', /¥3,000/, 'This month');
  });

  call('“refund it, and where does it go?”', async () => {
    await desk.search(desk.site.ids.charge);
    await desk.click('link', '夏の主題歌');
    await desk.click('link', 'Refund');
    await desk.reads(/Invoice of the holder/, 'Payout to the seller');
    await desk.choose('reason', 'goodwill');
    await desk.click('button', 'Refund');
    await desk.reads(
      'Refunded. The subscriber and the seller are notified.',
      'Deducted from the next invoice',
    );
  });

  call('“I was refused at the checkout”', async () => {
    await desk.search('hanako.tozai@example.jp');
    await desk.click('link', LINE);
    await desk.click('link', 'Line check');
    await desk.page.getByLabel(/IP address/).fill('192.0.2.7');
    await desk.send();
    await desk.reads('The answer', '127.0.0.1:1812');
  });

  call('“the seller does not answer”', async () => {
    await desk.search(desk.site.ids.case);
    await desk.click('link', desk.site.ids.case);
    await desk.click('button', 'Take it');
    await desk.click('link', 'Ask the seller');
    await desk.page.locator('main textarea').last().fill('Please tell us what was bought.');
    await desk.send();
    await desk.reads('Asked the seller');
  });

  call('“I have moved here”: an ID for the new holder', async () => {
    await changeHolder(desk.site.world.deps, desk.site.ids['other-line'], '2026-05-12');
    await desk.search('新しい保有者');
    await desk.click('link', LINE);
    await desk.click('link', 'Issue an ID');
    await desk.page.getByLabel(/Name of the person/).fill('見本 三郎');
    await desk.choose('issuedFor', 'holder');
    await giveReason(desk, 'New holder, identity checked.');
    await desk.send();
    await desk.reads('Temporary password');
  });
});
