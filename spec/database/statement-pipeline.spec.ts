import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Em } from '../../src/database/orm.ts';
import { queryRows, runPipeline, runStatement } from '../../src/database/statement-pipeline.ts';
import { knownResult, selectStatement } from '../../src/database/statement.ts';
import { insertRows } from '../../src/database/rows.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { createWorld, type World } from '../support/world.ts';

/** An entity manager that records each message to the database. */
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
const insertFailures = (...subjects: string[]) =>
  insertRows(
    'parked',
    subjects.map((subject) => ({
      job: 'rows-spec',
      businessDate: '2026-05-10',
      subject,
      reason: "it's; ? \\",
      createdAt: new Date(0),
    })),
  );
const listFailures = selectStatement<{ subject: string; reason: string }>(
  'SELECT subject, reason FROM parked WHERE job = ? ORDER BY subject',
  ['rows-spec'],
);
const numberOf = (n: number) =>
  selectStatement('SELECT ? AS n', [n], ([row]: readonly { n: number }[]) => row?.n);

describe('a pipeline of statements', () => {
  let world: World;
  /** On a node of a cluster each statement is a message of its own. */
  let isNode: boolean;
  const listSubjects = async () =>
    (await runStatement(world.deps.orm.em.fork(), listFailures)).map(({ subject }) => subject);
  before(async () => {
    world = await createWorld();
    const [row] = await queryRows<{ isNode: number }>(
      world.deps.orm.em.fork(),
      'SELECT @@wsrep_on AS isNode',
      [],
    );
    isNode = row?.isNode === 1;
    // So that the query whether it is a node is not counted below.
    await runPipeline(world.deps.orm.em.fork(), [numberOf(1), numberOf(2)]);
  });
  after(() => world.close());

  it('is one message, in its order, and returns the result of each statement', async () => {
    const messages: string[] = [];
    const [one, , two, listed] = await inTransaction(world.deps, ({ em }) =>
      runPipeline(noting(em, messages), [numberOf(1), insertFailures('a', 'b'), numberOf(2), listFailures]),
    );
    assert.deepEqual([one, two], [1, 2]);
    assert.deepEqual(listed.map(Object.values), [
      ['a', "it's; ? \\"],
      ['b', "it's; ? \\"],
    ]);
    assert.equal(messages.length, isNode ? 4 : 1);
  });

  it('does not send a statement that has nothing to do, and returns its known result', async () => {
    const messages: string[] = [];
    const em = noting(world.deps.orm.em.fork(), messages);
    assert.deepEqual(await runPipeline(em, [knownResult('a'), numberOf(3), insertFailures()]), [
      'a',
      3,
      undefined,
    ]);
    assert.deepEqual(messages, ['SELECT ? AS n']);
    assert.deepEqual(await runPipeline(em, [knownResult('b')]), ['b']);
    assert.equal(messages.length, 1);
  });

  it('fails as a whole when one statement fails, and later ones are not run', async () => {
    const pipeline = [insertFailures('c'), insertFailures('c'), insertFailures('d')];
    await assert.rejects(runPipeline(world.deps.orm.em.fork(), pipeline), /Duplicate entry/);
    assert.deepEqual((await listSubjects()).slice(-2), ['b', 'c']);
  });

  it('is not sent after another of its transaction has failed: the transaction may have ended', async () => {
    const lost = inTransaction(world.deps, async ({ em }) => {
      await runStatement(em, insertFailures('e'));
      await runStatement(em, insertFailures('e')).catch(() => undefined);
      await runStatement(em, insertFailures('f'));
    });
    await assert.rejects(lost, /Duplicate entry/);
    const subjects = await listSubjects();
    assert.ok(!subjects.includes('e') && !subjects.includes('f'));
  });

  it('is refused while another of its transaction is running', async () => {
    const lost = inTransaction(world.deps, async ({ em }) => {
      const first = runStatement(em, insertFailures('g'));
      await assert.rejects(runStatement(em, insertFailures('h')), /two pipelines of one transaction/);
      await first;
      throw new Error('undone');
    });
    await assert.rejects(lost, /undone/);
    assert.ok(!(await listSubjects()).includes('g'));
  });
});
