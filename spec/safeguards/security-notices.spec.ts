import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { endSubscriber } from '../../src/identity/end-subscriber.ts';
import { issueSubscriber } from '../../src/identity/issue-subscriber.ts';
import { endIdOnLine, issueIdOnLine, resetIdPassword } from '../../src/identity/people-of-line.ts';
import { setPassword } from '../../src/identity/set-password.ts';
import { setSubscriberLimit } from '../../src/identity/set-subscriber-limit.ts';
import { setLineLimit } from '../../src/lines/set-line-limit.ts';
import { setOwnLimit } from '../../src/safeguards/set-own-limit.ts';
import { setOnlyListed, setPurchaseRule } from '../../src/safeguards/set-purchase-rule.ts';
import { signedIn, staff } from '../support/actors.ts';
import { makeLine, makeSale, makeSubscriber } from '../support/factories.ts';
import { readMails } from '../support/mailbox.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let sale: Awaited<ReturnType<typeof makeSale>>;
let child: Awaited<ReturnType<typeof makeSubscriber>>;
before(async () => (world = await createWorld()));
after(() => world.close());
beforeEach(async () => {
  sale = await makeSale(world.deps);
  const db = sqlOf(world.deps.orm.em.fork());
  await db.deleteFrom('mail').execute();
  const email = 'hanako@example.jp';
  await db.updateTable('line_holder').set({ email }).where('lineId', '=', sale.line.lineId).execute();
  const isHolder = { isHolder: true, language: 'en' } as const;
  await db.updateTable('subscriber').set(isHolder).where('id', '=', sale.subscriber.id).execute();
  child = await makeSubscriber(world.deps, { lineId: sale.line.lineId, slot: 2, displayName: '太郎' });
});

const holder = () => signedIn(sale.buyer, { isHolder: true });
const ofChild = () => signedIn({ ...sale.buyer, subscriberId: child.id });
const limit = { kind: 'monthly-limit', limitMinor: 3_000n } as const;
const rule = () =>
  ({
    kind: 'block',
    subscriberId: null,
    companyId: sale.company.id,
    serviceId: null,
    inForce: true,
  }) as const;

/** Each change with the words of its notice. */
const changes: readonly [what: string, kind: string, facts: object, change: () => Promise<unknown>][] = [
  [
    'a limit of the line',
    'limit-changed',
    { what: 'monthly-limit', who: null, beforeMinor: null, afterMinor: 3_000n, changedBy: 'holder' },
    () => setOwnLimit(world.deps, holder(), { ...limit, subscriberId: null }),
  ],
  [
    'a limit that a person sets for their own ID',
    'limit-changed',
    { what: 'monthly-limit', who: '太郎', afterMinor: 3_000n, changedBy: 'subscriber' },
    () => setOwnLimit(world.deps, ofChild(), { ...limit, subscriberId: child.id }),
  ],
  [
    'a limit of the support centre',
    'limit-changed',
    { what: 'monthly-limit', who: null, afterMinor: 2_000n, changedBy: 'support' },
    () => setLineLimit(world.deps, staff(), { lineId: sale.line.lineId, limitMinor: 2_000n }),
  ],
  [
    'a limit of an issued ID by the support centre',
    'limit-changed',
    { what: 'monthly-limit', who: '太郎', afterMinor: 2_000n, changedBy: 'support' },
    () => setSubscriberLimit(world.deps, staff(), { issuedId: child.issuedId, limitMinor: 2_000n }),
  ],
  ['a block', 'limit-changed', { what: 'blocked' }, () => setPurchaseRule(world.deps, holder(), rule())],
  [
    'a list',
    'limit-changed',
    { what: 'allowed-list', who: '太郎' },
    () => setOnlyListed(world.deps, holder(), { subscriberId: child.id, inForce: true }),
  ],
  [
    'an ID that the holder issued',
    'issued-id-created',
    { name: '次郎', createdBy: 'holder' },
    () => issueIdOnLine(world.deps, holder(), { displayName: '次郎', issueKey: world.deps.ids.next() }),
  ],
  [
    'an ID that the support centre issued',
    'issued-id-created',
    { name: '次郎', createdBy: 'support' },
    () => issueSubscriber(world.deps, staff(), { lineId: sale.line.lineId, displayName: '次郎' }),
  ],
  [
    'an ID that the holder ended',
    'issued-id-ended',
    { name: '太郎', endedBy: 'holder' },
    () => endIdOnLine(world.deps, holder(), { subscriberId: child.id }),
  ],
  [
    'an ID that the support centre ended',
    'issued-id-ended',
    { endedBy: 'support' },
    () => endSubscriber(world.deps, staff(), { issuedId: child.issuedId }),
  ],
  [
    'a password that the holder reset',
    'password-changed',
    { changedBy: 'holder' },
    () => resetIdPassword(world.deps, holder(), { subscriberId: child.id }),
  ],
  [
    'a password that the support centre reset',
    'password-changed',
    { changedBy: 'support' },
    () => setPassword(world.deps, staff(), { issuedId: child.issuedId, password: { generate: true } }),
  ],
];

describe('the holder of a line gets a security notice', () => {
  for (const [what, kind, facts, change] of changes) {
    it(`of ${what}, once and in their language`, async () => {
      await change();
      const [mail, ...more] = await readMails(world.deps);
      assert.deepEqual(more, []);
      assert.deepEqual([mail?.kind, mail?.toAddress, mail?.language], [kind, 'hanako@example.jp', 'en']);
      const found = mail?.facts as unknown as Record<string, unknown>;
      for (const [name, value] of Object.entries(facts)) assert.equal(found[name], value, name);
      assert.equal(
        JSON.stringify(found, (_, value) => (typeof value === 'bigint' ? '' : value)).includes('password'),
        false,
      );
    });
  }

  it('never of a change that was refused or changes nothing', async () => {
    await setOwnLimit(world.deps, holder(), { ...limit, subscriberId: null });
    await setOwnLimit(world.deps, holder(), { ...limit, subscriberId: null });
    const raise = setOwnLimit(world.deps, ofChild(), { ...limit, limitMinor: null, subscriberId: null });
    await assert.rejects(raise, { code: 'permission-denied' });
    assert.equal((await readMails(world.deps)).length, 1);
  });

  it('unless the line has no address, and then everything else is done all the same', async () => {
    const { lineId } = await makeLine(world.deps);
    await issueSubscriber(world.deps, staff(), { lineId, displayName: '花子' });
    assert.deepEqual(await readMails(world.deps), []);
  });
});
