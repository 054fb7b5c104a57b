import assert from 'node:assert/strict';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { changeHolder } from '../../purchases/change-holder.ts';
import { PASSWORD } from '../../support/checkout-site.ts';
import { NOON_IN_TOKYO } from '../../support/world.ts';
import { assertHidden, assertPage } from './expect.ts';
import { click, type Stage } from './stage.ts';

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
  await signInEn(stage, former!.issuedId);
  await assertHidden(page, 'Song for Haruko', 'This month so far');
  site.world.clock.set(NOON_IN_TOKYO);
}

async function signInEn({ site, page }: Stage, issuedId: string): Promise<void> {
  await page.goto(`${site.origin}/my/sign-in?lang=en`);
  await page.getByLabel('Issued ID').fill(issuedId);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await click(page, 'button', 'Sign in');
}
