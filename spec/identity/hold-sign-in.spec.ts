import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { holdSignIn, unlockSignIn } from '../../src/identity/hold-sign-in.ts';
import { issueSubscriber } from '../../src/identity/issue-subscriber.ts';
import { purgeExpired } from '../../src/identity/purge-expired.ts';
import { clearOwnFailures, reserveAttempt } from '../../src/identity/sign-in-lock.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { signIn } from '../../src/identity/sign-in.ts';
import { staff } from '../support/actors.ts';
import { makeLine } from '../support/factories.ts';
import { createWorld, NOON_IN_TOKYO, type World } from '../support/world.ts';

const password = 'a long passphrase';
const locked = { code: 'sign-in-locked' };
const reason = { askedBy: 'holder', why: '端末を紛失' } as const;
const DAY = 24 * 60 * 60_000;

describe('holding an issued ID', () => {
  let world: World;
  before(async () => void (world = await createWorld()));
  after(() => world.close());
  beforeEach(() => world.clock.set(NOON_IN_TOKYO));

  const newId = async () => {
    const { lineId } = await makeLine(world.deps);
    const { subscriber } = await issueSubscriber(world.deps, staff(), {
      lineId,
      displayName: '花子',
      password,
    });
    return subscriber;
  };
  let sources = 0;
  const trySignIn = (issuedId: string) =>
    signIn(world.deps, { issuedId, password, source: `198.51.100.${++sources}` });
  const auditOf = (id: number) =>
    sqlOf(world.deps.orm.em.fork())
      .selectFrom('audit_entry')
      .select(['action', 'facts'])
      .where('subject', '=', `subscriber:${id}`)
      .where('action', 'in', ['subscriber.hold', 'subscriber.unlock'])
      .orderBy('id')
      .execute();

  it('keeps the person out until it ends, with who asked and why in the audit trail', async () => {
    const { id, issuedId } = await newId();
    const until = await holdSignIn(world.deps, staff(), { issuedId, days: 7, reason });
    assert.equal(until.getTime() - world.clock.now().getTime(), 7 * DAY);
    await assert.rejects(trySignIn(issuedId), locked);
    world.clock.advance(7 * DAY);
    assert.equal((await trySignIn(issuedId)).id, id);
    const [row] = await auditOf(id);
    assert.deepEqual(row, {
      action: 'subscriber.hold',
      facts: { until: until.toISOString(), sessions: 0, ...reason },
    });
  });

  it('outlasts the purge of failures and a sign-in that was under way', async () => {
    const { issuedId } = await newId();
    const key = { scope: 'id', key: issuedId } as const;
    await reserveAttempt(world.deps, [key]);
    await holdSignIn(world.deps, staff(), { issuedId, days: 1 });
    await assert.rejects(
      inTransaction(world.deps, (tx) => clearOwnFailures(tx, key)),
      locked,
    );
    world.clock.advance(DAY / 2);
    await purgeExpired(world.deps);
    await assert.rejects(trySignIn(issuedId), locked);
  });

  it('is not shortened by another one, also of two at once', async () => {
    const { id, issuedId } = await newId();
    const until = await Promise.all([
      holdSignIn(world.deps, staff(), { issuedId, days: 7 }),
      holdSignIn(world.deps, staff(), { issuedId, days: 7 }),
    ]);
    assert.deepEqual(until[0], until[1]);
    assert.deepEqual(await holdSignIn(world.deps, staff(), { issuedId, days: 1 }), until[0]);
    assert.equal((await auditOf(id)).length, 1);
  });

  it('is lifted by unlocking, once', async () => {
    const { id, issuedId } = await newId();
    await holdSignIn(world.deps, staff(), { issuedId, days: 30 });
    await unlockSignIn(world.deps, staff(), { issuedId, reason });
    await unlockSignIn(world.deps, staff(), { issuedId, reason });
    assert.equal((await trySignIn(issuedId)).id, id);
    const [, unlocked, again] = await auditOf(id);
    assert.deepEqual(unlocked?.facts, { wasHeld: true, ...reason });
    assert.equal(again, undefined);
  });

  it('refuses an ID that does not exist, and days that are none of the choices', async () => {
    const { issuedId } = await newId();
    await assert.rejects(holdSignIn(world.deps, staff(), { issuedId: 'F1', days: 7 }), {
      code: 'subscriber-not-found',
    });
    await assert.rejects(holdSignIn(world.deps, staff(), { issuedId, days: 5 as 7 }), {
      code: 'invalid-request',
    });
  });
});
