import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Em } from '../../src/database/orm.ts';
import { runPipeline, queryRows } from '../../src/database/statement-pipeline.ts';
import { insertRows } from '../../src/database/rows.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { createWorld, type World } from '../support/world.ts';

/** An entity manager that notes each message to the database. */
const noting = (em: Em, messages: string[]): Em => {
  const kysely = em.getKysely();
  const executeQuery: typeof kysely.executeQuery = (query) => {
    messages.push('sql' in query ? query.sql : '');
    return kysely.executeQuery(query);
  };
  return {
    getKysely: () => ({ executeQuery }),
    getDriver: () => em.getDriver(),
    isInTransaction: () => em.isInTransaction(),
  } as unknown as Em;
};
const failure = (subject: string) => ({
  job: 'rows-spec',
  businessDate: '2026-05-10',
  subject,
  reason: "it's; ? \\",
  createdAt: new Date(0),
});
const listSubjects = (em: Em) =>
  queryRows<{ subject: string; reason: string }>(
    em,
    'SELECT subject, reason FROM parked WHERE job = ? ORDER BY subject',
    ['rows-spec'],
  );

describe('statements asked for in one turn', () => {
  let world: World;
  /** On a node of a cluster each statement is a message of its own. */
  let isNode: boolean;
  before(async () => {
    world = await createWorld();
    const em = world.deps.orm.em.fork();
    const asked = () => queryRows<{ isNode: number }>(em, 'SELECT @@wsrep_on AS isNode', []);
    const [[row]] = await Promise.all([asked(), asked()]);
    isNode = row?.isNode === 1;
  });
  after(() => world.close());

  it('go in one message, in their order, and each gets its own rows', async () => {
    const messages: string[] = [];
    const listed = await inTransaction(world.deps, async ({ em }) => {
      const noted = noting(em, messages);
      const later = Promise.resolve().then(() => listSubjects(noted));
      const [one, , two, many] = await Promise.all([
        queryRows<{ n: number }>(noted, 'SELECT ? AS n', [1]),
        insertRows(noted, 'parked', [failure('a'), failure('b')]),
        queryRows<{ n: number }>(noted, 'SELECT ? AS n', [2]),
        later,
      ]);
      assert.deepEqual(
        [one, two].map(([row]) => row?.n),
        [1, 2],
      );
      return many;
    });
    assert.deepEqual(listed, [
      { subject: 'a', reason: "it's; ? \\" },
      { subject: 'b', reason: "it's; ? \\" },
    ]);
    assert.equal(messages.length, isNode ? 4 : 1);
  });

  it('fail together when one fails, and those after it are not run', async () => {
    const em = world.deps.orm.em.fork();
    const outcomes = await Promise.allSettled([
      insertRows(em, 'parked', [failure('c')]),
      insertRows(em, 'parked', [failure('c')]),
      insertRows(em, 'parked', [failure('d')]),
    ]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      [isNode ? 'fulfilled' : 'rejected', 'rejected', 'rejected'],
    );
    const subjects = (await listSubjects(em)).map(({ subject }) => subject);
    assert.deepEqual(subjects.slice(-2), ['b', 'c']);
  });

  it('are not sent any more once one of their transaction has failed: it may be over', async () => {
    const lost = inTransaction(world.deps, async ({ em }) => {
      await insertRows(em, 'parked', [failure('e')]);
      await insertRows(em, 'parked', [failure('e')]).catch(() => undefined);
      await insertRows(em, 'parked', [failure('f')]);
    });
    await assert.rejects(lost, /Duplicate entry/);
    const subjects = new Set((await listSubjects(world.deps.orm.em.fork())).map(({ subject }) => subject));
    assert.ok(!subjects.has('e') && !subjects.has('f'));
  });

  it('leave nothing to be sent behind the end of a transaction', async () => {
    const lost = inTransaction(world.deps, async ({ em }) => {
      await runPipeline([
        insertRows(em, 'parked', [failure('g'), failure('g')]),
        queryRows(em, 'SELECT 1', [])
          .catch(() => undefined)
          .then(() => insertRows(em, 'parked', [failure('h')])),
        Promise.reject(new Error('a fault of ours')),
      ]);
    });
    await assert.rejects(lost, /Duplicate entry/);
    const subjects = new Set((await listSubjects(world.deps.orm.em.fork())).map(({ subject }) => subject));
    assert.ok(!subjects.has('g') && !subjects.has('h'));
  });

  it('of different units of work do not mix', async () => {
    const messages: string[] = [];
    const [left, right] = [world.deps.orm.em.fork(), world.deps.orm.em.fork()];
    const rows = await Promise.all(
      [left, right].map((em, n) => queryRows<{ n: number }>(noting(em, messages), 'SELECT ? AS n', [n])),
    );
    assert.deepEqual(
      rows.map(([row]) => row?.n),
      [0, 1],
    );
    assert.equal(messages.length, 2);
  });
});
