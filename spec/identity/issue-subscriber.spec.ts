import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { endSubscriber } from '../../src/identity/end-subscriber.ts';
import { isIssuedId } from '../../src/identity/issued-id.rules.ts';
import { issueSubscriber } from '../../src/identity/issue-subscriber.ts';
import { setPassword } from '../../src/identity/set-password.ts';
import { verifyPassword } from '../../src/identity/passwords.ts';
import { readMailsOf } from '../support/mailbox.ts';
import { makeLine, makeSubscriber } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { staff } from '../support/actors.ts';

describe('issued IDs of a line', () => {
  let world: World;
  before(async () => void (world = await createWorld()));
  after(() => world.close());

  const displayName = '花子';
  const sql = () => sqlOf(world.deps.orm.em.fork());
  const subscribersOf = (lineId: string) =>
    sql().selectFrom('subscriber').selectAll().where('lineId', '=', lineId).orderBy('slot').execute();
  const auditOf = (id: number) =>
    sql()
      .selectFrom('audit_entry')
      .select(['actor', 'action', 'facts'])
      .where('subject', '=', `subscriber:${id}`)
      .orderBy('id')
      .execute();

  it('are bound to the line, its holder of today and the lowest free slot, and audited', async () => {
    const { lineId } = await makeLine(world.deps, { holder: { validFrom: '2026-02-03' } });
    const { subscriber, password } = await issueSubscriber(world.deps, staff(), { lineId, displayName });
    assert.equal(password, undefined);
    assert.equal(isIssuedId(subscriber.issuedId), true);
    const { holderFrom, slot, state, passwordHash } = subscriber;
    assert.deepEqual(
      { holderFrom, slot, state, passwordHash },
      { holderFrom: '2026-02-03', slot: 1, state: 'active', passwordHash: null },
    );
    assert.deepEqual(await auditOf(subscriber.id), [
      {
        actor: 'staff:hanako',
        action: 'subscriber.issue',
        facts: { lineId, slot: 1, hasPassword: false, isHolder: true },
      },
    ]);
  });

  it('are refused where they would become the ID of somebody else than was said, and the mail says whose it is', async () => {
    const { lineId } = await makeLine(world.deps, { holder: { email: 'hanako@example.jp' } });
    const issue = (issuedFor: 'holder' | 'person') =>
      issueSubscriber(world.deps, staff(), { lineId, displayName, issuedFor });
    await assert.rejects(issue('person'), { code: 'illegal-state', facts: { reason: 'id-of-holder' } });
    const { subscriber: own } = await issue('holder');
    await assert.rejects(issue('holder'), { code: 'illegal-state', facts: { reason: 'id-of-person' } });
    const { subscriber: other } = await issue('person');
    assert.deepEqual([own.isHolder, other.isHolder], [true, null]);
    const mails = (await readMailsOf(world.deps, 'issued-id-created')).slice(-2);
    assert.deepEqual(
      mails.map(({ facts }) => facts.isHolder),
      [true, false],
    );
  });

  it('have a generated password that is stored only as its hash', async () => {
    const { lineId } = await makeLine(world.deps);
    const issued = await issueSubscriber(world.deps, staff(), {
      lineId,
      displayName,
      password: { generate: true },
    });
    assert.match(issued.password ?? '', /^(\w{4}-){3}\w{4}$/);
    assert.equal(await verifyPassword(issued.password ?? '', issued.subscriber.passwordHash), true);
    assert.doesNotMatch(
      JSON.stringify(await auditOf(issued.subscriber.id)),
      new RegExp(issued.password ?? 'x'),
    );
  });

  it('accept a chosen password and do not return it', async () => {
    const { lineId } = await makeLine(world.deps);
    const issued = await issueSubscriber(world.deps, staff(), {
      lineId,
      displayName,
      password: 'chosen-one',
    });
    assert.equal(issued.password, undefined);
    assert.equal(await verifyPassword('chosen-one', issued.subscriber.passwordHash), true);
  });

  it('are at most five, for any number of simultaneous requests', async () => {
    const { lineId } = await makeLine(world.deps);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, () => issueSubscriber(world.deps, staff(), { lineId, displayName })),
    );
    const refusals = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason.code] : [],
    );
    assert.deepEqual(
      refusals,
      Array.from({ length: 7 }, () => 'too-many-subscribers'),
    );
    assert.deepEqual(
      (await subscribersOf(lineId)).map((row) => row.slot),
      [1, 2, 3, 4, 5],
    );
  });

  it('of a former holder end when the new holder is issued the first', async () => {
    const { lineId } = await makeLine(world.deps, { holder: { validTo: '2026-05-10' } });
    for (const slot of [1, 2, 3, 4, 5]) await makeSubscriber(world.deps, { lineId, slot });
    const holding = {
      validFrom: '2026-05-10',
      validTo: null,
      holder: '新しい 契約者',
      updatedAt: new Date(),
    };
    await sql()
      .insertInto('line_holder')
      .values({ lineId, ...holding, birthDate: null, email: null })
      .execute();
    const { subscriber } = await issueSubscriber(world.deps, staff(), { lineId, displayName });
    assert.deepEqual([subscriber.slot, subscriber.holderFrom], [1, '2026-05-10']);
    const states = (await subscribersOf(lineId)).map((row) => `${row.state} ${row.slot}`).sort();
    assert.deepEqual(states, ['active 1', ...Array.from({ length: 5 }, () => 'ended null')]);
  });

  it('free their slot when they end, and ending twice changes nothing', async () => {
    const { lineId } = await makeLine(world.deps);
    const { subscriber: first } = await issueSubscriber(world.deps, staff(), { lineId, displayName });
    await issueSubscriber(world.deps, staff(), { lineId, displayName });
    await endSubscriber(world.deps, staff(), { issuedId: first.issuedId });
    const ended = await endSubscriber(world.deps, staff(), { issuedId: first.issuedId });
    assert.deepEqual([ended.state, ended.slot, ended.endedAt], ['ended', null, world.clock.now()]);
    const { subscriber: third } = await issueSubscriber(world.deps, staff(), { lineId, displayName });
    assert.equal(third.slot, 1);
    assert.deepEqual(
      (await auditOf(first.id)).map((row) => row.action),
      ['subscriber.issue', 'subscriber.end'],
    );
  });

  for (const [name, line] of [
    ['that is suspended', { status: 'suspended' }],
    ['that is closed', { status: 'closed' }],
    ['whose holder left today', { holder: { validTo: '2026-05-10' } }],
    ['whose holder comes tomorrow', { holder: { validFrom: '2026-05-11' } }],
  ] as const) {
    it(`are not issued on a line ${name}`, async () => {
      const { lineId } = await makeLine(world.deps, line);
      await assert.rejects(issueSubscriber(world.deps, staff(), { lineId, displayName }), {
        code: 'line-not-found',
      });
      assert.deepEqual(await subscribersOf(lineId), []);
    });
  }

  it('are not issued on a line that does not exist', async () => {
    const unknown = issueSubscriber(world.deps, staff(), { lineId: 'CAF9999999999', displayName });
    await assert.rejects(unknown, { code: 'line-not-found' });
  });

  it('refuse a chosen password of seven characters and write nothing', async () => {
    const { lineId } = await makeLine(world.deps);
    const short = issueSubscriber(world.deps, staff(), { lineId, displayName, password: '1234567' });
    await assert.rejects(short, { code: 'password-not-permitted' });
    assert.deepEqual(await subscribersOf(lineId), []);
  });

  it('join the transaction of the caller', async () => {
    const { lineId } = await makeLine(world.deps);
    const undone = inTransaction(world.deps, async (tx) => {
      await issueSubscriber(tx, staff(), { lineId, displayName });
      throw new Error('undone');
    });
    await assert.rejects(undone, /undone/);
    assert.deepEqual(await subscribersOf(lineId), []);
  });

  it('get a new password, generated or chosen', async () => {
    const { lineId } = await makeLine(world.deps);
    const { subscriber } = await issueSubscriber(world.deps, staff(), { lineId, displayName });
    const { issuedId } = subscriber;
    const generated = await setPassword(world.deps, staff(), { issuedId, password: { generate: true } });
    const [row] = await subscribersOf(lineId);
    assert.equal(await verifyPassword(generated.password ?? '', row?.passwordHash), true);
    const chosen = await setPassword(world.deps, staff(), { issuedId, password: 'chosen-one' });
    assert.equal(chosen.password, undefined);
    await assert.rejects(setPassword(world.deps, staff(), { issuedId: 'F1', password: 'chosen-one' }), {
      code: 'subscriber-not-found',
    });
    await endSubscriber(world.deps, staff(), { issuedId });
    await assert.rejects(setPassword(world.deps, staff(), { issuedId, password: 'chosen-one' }), {
      code: 'subscriber-not-found',
    });
  });
});
