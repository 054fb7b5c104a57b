import assert from 'node:assert/strict';
import { after, before, describe, it, test } from 'node:test';
import { openOrm } from '../../../config/database/orm.ts';
import { isOutOfReach } from '../../../src/database/connection-error.rules.ts';
import { queryRows } from '../../../src/database/statement-pipeline.ts';
import type { Em } from '../../../src/database/orm.ts';
import { inTransaction } from '../../../src/database/transaction.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { getTestServer, onServer } from '../../support/test-server.ts';
import { openWire } from '../../support/wire.ts';

const USER = `expiring_${process.pid}`;
const MUST_CHANGE_PASSWORD = 1820;
let database: TestDatabase;
before(async () => {
  database = await createTestDatabase();
  await asAdmin(`CREATE USER ${USER}@'%' IDENTIFIED BY 'secret'`);
  await asAdmin(`GRANT ALL ON ${database.name}.* TO ${USER}@'%'`);
});
after(async () => {
  await asAdmin(`DROP USER ${USER}@'%'`);
  await database.drop();
});

async function asAdmin(statement: string): Promise<void> {
  const { url } = await getTestServer();
  await onServer(url, (connection) => connection.query(statement));
}

test('connections on which the server refuses every statement are replaced in the pool', async () => {
  const url = new URL(database.url);
  [url.username, url.password] = [USER, 'secret'];
  const orm = await openOrm({ databaseUrl: url.href, poolSize: 2 });
  const transact = () => inTransaction({ orm }, () => Promise.resolve());
  const [begun, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  // Takes the one good connection, so that the others need new ones.
  const busy = inTransaction({ orm }, async () => {
    begun.resolve();
    await done.promise;
  });
  try {
    await begun.promise;
    // Like an isolated node: it accepts the connection, and then refuses statements.
    await asAdmin(`ALTER USER ${USER}@'%' PASSWORD EXPIRE`);
    for (let time = 0; time < 3; time += 1) await assert.rejects(transact(), { errno: MUST_CHANGE_PASSWORD });
    await asAdmin(`ALTER USER ${USER}@'%' IDENTIFIED BY 'secret'`);
    await transact();
  } finally {
    done.resolve();
    await busy;
    await orm.close();
  }
});

const ask = (em: Em) => queryRows<{ answer: number }>(em, 'SELECT 42 AS answer', []);
const sleep = (em: Em) => queryRows<{ slept: number }>(em, 'SELECT SLEEP(0.3) AS slept', []);

describe('a server that stops answering', () => {
  it('is waited for until the time limit, even in a transaction, and its connections are replaced', async () => {
    const wire = await openWire(database.url);
    const orm = await openOrm({ databaseUrl: wire.url, poolSize: 1, timeoutMs: 100 });
    try {
      await ask(orm.em.fork());
      wire.hang();
      await assert.rejects(ask(orm.em.fork()), { code: 'PROTOCOL_SEQUENCE_TIMEOUT' });
      wire.mend();
      const vanished = inTransaction({ orm }, async ({ em }) => {
        await ask(em);
        wire.hang();
        return ask(em);
      });
      await assert.rejects(vanished, isOutOfReach);
      wire.mend();
      assert.deepEqual(await ask(orm.em.fork()), [{ answer: 42 }], 'by another connection, of a pool of one');
    } finally {
      await orm.close();
      wire.cut();
    }
  });

  it('is waited for without a limit if none is set, as in a batch', async () => {
    const orm = await openOrm({ databaseUrl: database.url, poolSize: 1 });
    const impatient = await openOrm({ databaseUrl: database.url, poolSize: 1, timeoutMs: 100 });
    try {
      await assert.rejects(sleep(impatient.em.fork()), { code: 'PROTOCOL_SEQUENCE_TIMEOUT' });
      assert.deepEqual(await sleep(orm.em.fork()), [{ slept: 0 }]);
    } finally {
      await orm.close();
      await impatient.close();
    }
  });
});
