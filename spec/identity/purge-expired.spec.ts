import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { purgeExpired } from '../../src/identity/purge-expired.ts';
import { signIn } from '../../src/identity/sign-in.ts';
import { makeLine, makeSubscriber } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';

const MINUTE = 60_000;

describe('purge of expired rows', () => {
  let world: World;
  before(async () => void (world = await createWorld()));
  after(() => world.close());

  it('removes ended sessions in several chunks, and keeps valid ones', async () => {
    const now = world.clock.now();
    const { lineId } = await makeLine(world.deps);
    const { id: subscriberId } = await makeSubscriber(world.deps, { lineId });
    const row = (index: number) => ({
      audience: 'subscriber' as const,
      subscriberId,
      accountId: null,
      createdAt: now,
      lastSeenAt: now,
      address: null,
      userAgent: null,
      idHash: String(index).padStart(64, '0'),
      content: {},
      expiresAt: new Date(now.getTime() + (index < 1_500 ? 0 : 1)),
    });
    const rows = Array.from({ length: 1_502 }, (_, index) => row(index));
    await sqlOf(world.deps.orm.em.fork()).insertInto('session').values(rows).execute();
    assert.deepEqual(await purgeExpired(world.deps), { sessions: 1_500, failures: 0, tokens: 0 });
    assert.deepEqual(await purgeExpired(world.deps), { sessions: 0, failures: 0, tokens: 0 });
  });

  it('keeps failures while they can still cause a lock', async () => {
    const guess = () =>
      signIn(world.deps, { issuedId: 'F00000000000', password: 'wrong', source: '192.0.2.1' });
    for (let time = 1; time <= 5; time += 1) await assert.rejects(guess, { code: 'sign-in-refused' });
    world.clock.advance(14 * MINUTE);
    assert.equal((await purgeExpired(world.deps)).failures, 0);
    await assert.rejects(guess, { code: 'sign-in-locked' });
    world.clock.advance(16 * MINUTE);
    assert.equal((await purgeExpired(world.deps)).failures, 2);
  });
});
