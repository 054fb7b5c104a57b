import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { createLog } from '../../src/shared/log.ts';
import { makeLine, makeSubscriber } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
before(async () => {
  world = await createWorld();
});
after(() => world.close());

/** What a log writes about an error. */
function logged(err: unknown): string {
  const lines: string[] = [];
  createLog('info', { write: (line: string) => void lines.push(line) }).error({ err }, 'internal-error');
  return lines.join('');
}

async function failureOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  return assert.fail('the database should have refused');
}

test('says which constraint refused a row, and nothing that stands in the row', async () => {
  const { lineId } = await makeLine(world.deps);
  const person = {
    lineId,
    issuedId: 'F31202993451',
    displayName: "東西 花子's",
    passwordHash: '$argon2id$v=19$m=19456',
  };
  await makeSubscriber(world.deps, person);
  const error = await failureOf(() => makeSubscriber(world.deps, { ...person, slot: 2 }));

  const text = logged(error);
  assert.match(text, /subscriber_issued_id/);
  assert.match(text, /ER_DUP_ENTRY/);
  for (const value of [person.issuedId, person.passwordHash, '東西', 'insert into']) {
    assert.ok(!text.includes(value), `the log holds ${value}: ${text}`);
  }
});

test('hides the values of an error that another one bears as its cause', async () => {
  const row = { idHash: 'a'.repeat(65), content: { formToken: 'hush' }, expiresAt: new Date(0) };
  const sessions = sqlOf(world.deps.orm.em.fork()).insertInto('session');
  const cause = await failureOf(() => sessions.values(row).execute());
  const text = logged(new Error('the page was not shown', { cause }));
  assert.match(text, /the page was not shown/);
  assert.match(text, /Data too long/);
  assert.ok(!text.includes('hush'), text);
});

test('hides a value that the database repeats in its message, over lines and with quotes in it', () => {
  const text = logged(
    new Error("Incorrect string value: 'O'Neil\n1-2-3 Chiyoda' for column `line_holder`.`holder`"),
  );
  assert.match(text, /Incorrect string value: '…' for column `line_holder`/);
  assert.ok(!text.includes('Chiyoda'), text);
});

test('a fault that nobody caught is one line of the log, without the statement, and ends the process', () => {
  const program = `
    import { createLog, logCrashes } from './src/shared/log.ts';
    logCrashes(createLog('info'));
    const refused = new Error("Duplicate entry '花子' for key 'subscriber_id'");
    void Promise.reject(Object.assign(refused, { sql: "INSERT INTO subscriber VALUES ('花子')" }));
    setTimeout(() => {}, 60_000);`;
  const child = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' });
  assert.deepEqual([child.status, child.stderr], [1, '']);
  const line = JSON.parse(child.stdout) as { level: number; err: { message: string } };
  assert.deepEqual([line.level, line.err.message], [60, "Duplicate entry '…' for key 'subscriber_id'"]);
  assert.ok(!child.stdout.includes('花子'));
});
