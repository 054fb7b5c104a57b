import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { inTransaction } from '../../src/database/transaction.ts';
import { CONTACT_QUOTAS, quotaWindow, type QuotaScope } from '../../src/enquiries/contact-quota.rules.ts';
import { purgeContactQuotas } from '../../src/enquiries/purge-contact-quotas.ts';
import { takeContactQuota } from '../../src/enquiries/take-contact-quota.ts';
import { writeEnquiry } from '../../src/enquiries/write-enquiry.ts';
import { readMailsOf } from '../support/mailbox.ts';
import { NOON_IN_TOKYO, createWorld, type World } from '../support/world.ts';
import { makeAsker } from './asking.ts';

describe('the window of a quota', () => {
  const cases: readonly [QuotaScope, string, string, string][] = [
    ['subscriber', '2026-05-10T03:00:00Z', '2026-05-09T15:00:00Z', '2026-05-10T15:00:00Z'],
    ['subscriber', '2026-05-10T14:59:59.999Z', '2026-05-09T15:00:00Z', '2026-05-10T15:00:00Z'],
    ['purchase', '2026-05-10T15:00:00Z', '2026-05-10T15:00:00Z', '2026-05-11T15:00:00Z'],
    ['company', '2026-05-10T03:59:59.999Z', '2026-05-10T03:00:00Z', '2026-05-10T04:00:00Z'],
    ['company', '2026-05-10T04:00:00Z', '2026-05-10T04:00:00Z', '2026-05-10T05:00:00Z'],
  ];
  for (const [scope, now, startsAt, endsAt] of cases) {
    it(`of ${scope} at ${now} begins at ${startsAt}`, () => {
      const expected = { startsAt: new Date(startsAt), endsAt: new Date(endsAt) };
      assert.deepEqual(quotaWindow(scope, new Date(now), 'Asia/Tokyo'), expected);
    });
  }
});

describe('a quota of messages', () => {
  let world: World;
  before(async () => void (world = await createWorld()));
  after(() => world.close());
  beforeEach(() => world.clock.set(NOON_IN_TOKYO));

  const send = (by: Awaited<ReturnType<typeof makeAsker>>, text: string) =>
    writeEnquiry(world.deps, by.asker, { purchase: by.purchase, topic: 'other', text });

  it('holds for many at once: as many are stored and mailed as it allows, and not one more', async () => {
    const by = await makeAsker(world.deps);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, at) => send(by, `message ${at}`)),
    );
    const refused = outcomes.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    assert.equal(outcomes.length - refused.length, CONTACT_QUOTAS.purchase.most);
    for (const { reason } of refused) {
      const { code, facts } = reason as { code: string; facts: Record<string, unknown> };
      assert.deepEqual(
        [code, facts['scope'], facts['retry_after_seconds']],
        ['contact-limit', 'purchase', 43_200],
      );
    }
    const mails = await readMailsOf(world.deps, 'company-message');
    assert.equal(mails.length, CONTACT_QUOTAS.purchase.most);
  });

  it('begins again with the next business date', async () => {
    const by = await makeAsker(world.deps);
    for (let at = 0; at < CONTACT_QUOTAS.purchase.most; at += 1) await send(by, `message ${at}`);
    await assert.rejects(send(by, 'one more'), { code: 'contact-limit' });
    world.clock.set(new Date('2026-05-10T15:00:00Z'));
    await send(by, 'one more');
  });

  it('is removed once its window is over, and not before', async () => {
    const key = { scope: 'support', subject: 'spec-purge' } as const;
    const take = () => inTransaction(world.deps, (tx) => takeContactQuota(tx, [key]));
    for (let at = 0; at < CONTACT_QUOTAS.support.most; at += 1) await take();
    await purgeContactQuotas(world.deps);
    await assert.rejects(take(), { code: 'contact-limit' });
    world.clock.set(new Date('2026-05-13T03:00:00Z'));
    assert.ok((await purgeContactQuotas(world.deps)) > 0);
    assert.equal(await purgeContactQuotas(world.deps), 0);
  });

  for (const scope of ['subscriber', 'company', 'support'] as const) {
    it(`of ${scope} takes what it says and no more, and forgets what was rolled back`, async () => {
      const key = { scope, subject: `spec-${scope}` };
      const take = () => inTransaction(world.deps, (tx) => takeContactQuota(tx, [key]));
      const undo = inTransaction(world.deps, async (tx) => {
        await takeContactQuota(tx, [key]);
        throw new Error('undo');
      });
      await assert.rejects(undo, /undo/);
      const attempts = Array.from({ length: CONTACT_QUOTAS[scope].most + 3 }, take);
      const outcomes = await Promise.allSettled(attempts);
      assert.equal(
        outcomes.filter(({ status }) => status === 'fulfilled').length,
        CONTACT_QUOTAS[scope].most,
      );
    });
  }
});
