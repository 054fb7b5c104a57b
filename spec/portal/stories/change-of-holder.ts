import assert from 'node:assert/strict';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { changeHolder } from '../../purchases/change-holder.ts';
import { PASSWORD } from '../../support/checkout-site.ts';
import { NOON_IN_TOKYO } from '../../support/world.ts';
import { assertHidden, assertPage } from './expect.ts';
import { click, HOLDER, type Stage } from './stage.ts';

const NEXT = '2026-05-16';
const OF_FORMER = ['Book for Hanako', '¥1,980', 'Hanako'];

/** A line goes to another person in the middle of a month: each, in English at a desk, sees what is theirs. */
export async function changeOfHolder(stage: Stage): Promise<void> {
  const { site, page, begin, elsewhere } = stage;
  await begin('desk');
  const [former] = await site.newLine(['Hanako']);
  const { lineId } = former!.buyer;
  const book = await site.use(former!, 1_980n, { description: 'Book for Hanako' });
  await signInEn(stage, former!.issuedId);
  await assertPage(page, 'This month so far', ...OF_FORMER);

  site.world.clock.set(new Date(`${NEXT}T09:00:00+09:00`));
  await changeHolder(site.world.deps, lineId, NEXT);
  const next = await site.addPerson({ lineId, holderFrom: NEXT }, 'Haruko');
  await site.use(next, 250n, { description: 'Song for Haruko' });
  await page.reload();
  await assertPage(page, 'Sign in');
  await elsewhere(async (other) => {
    await signInEn({ ...stage, page: other }, next.issuedId);
    await assertPage(other, 'This month so far', '¥250', 'Song for Haruko');
    for (const path of ['/my', '/my/purchases', '/my/invoices', '/my/consents', '/my/enquiries']) {
      await other.goto(`${site.origin}${path}`);
      await assertHidden(other, ...OF_FORMER);
    }
    const reply = await other.goto(`${site.origin}/my/purchases/${publicId('charge', book)}`);
    assert.equal(reply?.status(), 404);
  });
  await readWhatWasTheirs(stage, former!.issuedId);
  site.world.clock.set(NOON_IN_TOKYO);
}

/** Through the line of another person a code is needed all the same; then everything can be read, and nothing done. */
async function readWhatWasTheirs(stage: Stage, issuedId: string): Promise<void> {
  const { page, mail } = stage;
  await signInEn(stage, issuedId);
  await assertPage(page, 'Enter the code', 'has another holder now', 'Nov 15, 2026');
  await click(page, 'button', 'Send the code');
  await page
    .getByLabel('Code', { exact: true })
    .fill(/\b\d{8}\b/.exec((await mail(HOLDER, 'code to sign in')).parsed.text!)![0]);
  await click(page, 'button', 'Sign in');
  await assertPage(page, 'Purchases of your time', 'May 15, 2026', ...OF_FORMER);
  await assertHidden(page, 'Song for Haruko', 'This month so far');
  await click(page, 'link', 'See all purchases');
  await assertPage(page, 'Purchases', ...OF_FORMER);
  await page
    .getByRole('main')
    .getByRole('link', { name: /Book for Hanako/ })
    .click();
  await assertPage(page, 'Book for Hanako', '¥1,980');
  await assertHidden(page, 'Write to the seller', 'Stop further payments');
}

async function signInEn({ site, page }: Stage, issuedId: string): Promise<void> {
  await page.goto(`${site.origin}/my/sign-in?lang=en`);
  await page.getByLabel('Issued ID').fill(issuedId);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await click(page, 'button', 'Sign in');
}
