import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import {
  endIdOnLine,
  issueIdOnLine,
  listPeople,
  renameId,
  resetIdPassword,
} from '../../src/identity/people-of-line.ts';
import { verifyPassword } from '../../src/identity/passwords.ts';
import { findById } from '../../src/identity/subscriber.queries.ts';
import { signedIn } from '../support/actors.ts';
import { listBrokenInvariants } from '../support/broken-invariants.ts';
import { makeSale, makeSubscriber } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let sale: Awaited<ReturnType<typeof makeSale>>;
before(async () => (world = await createWorld()));
after(async () => {
  assert.deepEqual(await listBrokenInvariants(world.deps), []);
  await world.close();
});
beforeEach(async () => {
  sale = await makeSale(world.deps);
});

const holder = () => signedIn(sale.buyer, { isHolder: true });
const issue = (displayName = '太郎') =>
  issueIdOnLine(world.deps, holder(), { displayName, issueKey: world.deps.ids.next() });
const refused = (code: string) => ({ code });

describe('an issued ID that the holder creates', () => {
  it("is of the holder's tenure, with a password that is shown once and has to be changed", async () => {
    const { subscriberId, password } = await issue('太郎');
    const person = await findById(world.deps, subscriberId);
    assert.deepEqual(
      [person?.displayName, person?.lineId, person?.holderFrom, person?.passwordTemporary],
      ['太郎', sale.line.lineId, sale.buyer.holderFrom, true],
    );
    assert.equal(await verifyPassword(password, person?.passwordHash), true);
    const rows = await sqlOf(world.deps.orm.em.fork()).selectFrom('audit_entry').select('facts').execute();
    assert.equal(JSON.stringify(rows).includes(password), false);
  });

  it('is one of five: of six at once, some are refused and five are there', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, (_, n) => issue(`子${n}`)));
    const failed = outcomes.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    assert.deepEqual(
      failed.map(({ reason }) => (reason as { code: string }).code),
      ['too-many-subscribers', 'too-many-subscribers'],
    );
    assert.equal((await listPeople(world.deps, holder())).length, 5);
  });

  for (const [what, displayName] of [
    ['blank', ' '],
    ['too long', '太'.repeat(61)],
    ['of two lines', '太郎\n次郎'],
  ] as const) {
    it(`is refused with a name that is ${what}`, async () => {
      await assert.rejects(issue(displayName), refused('invalid-request'));
    });
  }

  it('is made once by one key, also at once, and the database refuses a second', async () => {
    const input = { displayName: '太郎', issueKey: world.deps.ids.next() };
    const before = (await listPeople(world.deps, holder())).length;
    const outcomes = await Promise.allSettled([1, 2].map(() => issueIdOnLine(world.deps, holder(), input)));
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    await assert.rejects(issueIdOnLine(world.deps, holder(), input), refused('illegal-state'));
    assert.equal((await listPeople(world.deps, holder())).length, before + 1);
    const { issueKey } = input;
    const { lineId } = sale.buyer;
    const copy = sqlOf(world.deps.orm.em.fork()).updateTable('subscriber').set({ issueKey });
    await assert.rejects(copy.where('lineId', '=', lineId).execute(), /subscriber_issue_key/);
  });

  it('is refused on a line that another holds by now', async () => {
    const former = signedIn({ ...sale.buyer, holderFrom: '2020-01-01' }, { isHolder: true });
    const asked = issueIdOnLine(world.deps, former, { displayName: '太郎', issueKey: world.deps.ids.next() });
    await assert.rejects(asked, refused('line-not-found'));
  });
});

describe('an issued ID of the line', () => {
  it('is renamed, and its former name is in the audit trail', async () => {
    const { subscriberId } = await issue('太郎');
    await renameId(world.deps, holder(), { subscriberId, displayName: '次郎' });
    const [, child] = await listPeople(world.deps, holder());
    assert.equal(child?.displayName, '次郎');
  });

  it('gets a new password that ends the old one', async () => {
    const { subscriberId, password: old } = await issue();
    const { password } = await resetIdPassword(world.deps, holder(), { subscriberId });
    const { passwordHash, passwordTemporary } = (await findById(world.deps, subscriberId))!;
    assert.deepEqual(
      [await verifyPassword(password, passwordHash), await verifyPassword(old, passwordHash)],
      [true, false],
    );
    assert.equal(passwordTemporary, true);
  });

  it('is ended, which frees its place; ended again, nothing changes', async () => {
    const { subscriberId } = await issue();
    for (let n = 0; n < 3; n += 1) await issue();
    const elsewhere = signedIn(sale.buyer, { isHolder: true, isOnLine: false });
    await endIdOnLine(world.deps, elsewhere, { subscriberId });
    await endIdOnLine(world.deps, elsewhere, { subscriberId });
    assert.equal((await listPeople(world.deps, elsewhere)).length, 4);
    await issue();
    await assert.rejects(issue(), refused('too-many-subscribers'));
  });

  it("cannot be the holder's own: without it nobody looks after the line", async () => {
    const own = { subscriberId: sale.buyer.subscriberId };
    await assert.rejects(endIdOnLine(world.deps, holder(), own), refused('illegal-state'));
    await assert.rejects(resetIdPassword(world.deps, holder(), own), refused('illegal-state'));
  });

  it('is not found when it is of another line, or of a former holder of this one', async () => {
    const other = await makeSale(world.deps);
    const { id: former } = await makeSubscriber(world.deps, { lineId: other.line.lineId, slot: 3 });
    for (const subscriberId of [other.buyer.subscriberId, former]) {
      await assert.rejects(
        endIdOnLine(world.deps, holder(), { subscriberId }),
        refused('subscriber-not-found'),
      );
      const renamed = renameId(world.deps, holder(), { subscriberId, displayName: '盗' });
      await assert.rejects(renamed, refused('subscriber-not-found'));
      const reset = resetIdPassword(world.deps, holder(), { subscriberId });
      await assert.rejects(reset, refused('subscriber-not-found'));
    }
  });
});
