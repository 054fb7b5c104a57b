import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { CompiledQuery } from 'kysely';
import { sqlOf } from '../../src/database/sql.ts';
import { explainFailure } from '../../src/explain-failure.ts';
import { createLog } from '../../src/shared/log.ts';
import { makeLine, makeSubscriber } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
before(async () => {
  world = await createWorld();
});
after(() => world.close());

/** What a log contains of an error. */
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

test('names the constraint that refused a row, and nothing of the row', async () => {
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

test('hides the values of an error that is the cause of another', async () => {
  const at = new Date(0);
  const seen = { createdAt: at, lastSeenAt: at, address: null, userAgent: null };
  const whose = { audience: 'subscriber' as const, subscriberId: 1, accountId: null };
  const row = {
    ...whose,
    ...seen,
    idHash: 'a'.repeat(65),
    content: { formToken: 'hush' },
    expiresAt: at,
  };
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

/** Statements that MariaDB refuses with a message that repeats their values. */
const refused: Readonly<Record<string, string>> = {
  'a syntax that is wrong': "SELECT 'hush-4711",
  'a number that is none': "INSERT INTO idempotency_key (company_id) VALUES ('hush-4711')",
  'a date that is none': "SELECT DATE'hush-4711'",
  'a sum that is out of range': 'SELECT CAST(0 AS UNSIGNED) - 4711',
  'a character that is none':
    "SELECT CONVERT(_binary'hush-4711\xff' USING utf8mb4) + _utf8mb4 x'ff687573682d34373131'",
  'a path that is none': "SELECT EXTRACTVALUE('<a/>', 'hush-4711[')",
  'a document that is none': "SELECT JSON_VALUE(1, 'hush-4711')  FROM nowhere_hush",
  'a duplicate of many lines': `INSERT INTO session VALUES ('x', '{}', NOW()), ('x', "it's hush-4711", NOW())`,
};
for (const [what, statement] of Object.entries(refused)) {
  test(`repeats nothing of ${what}`, async () => {
    const error = await failureOf(() =>
      sqlOf(world.deps.orm.em.fork()).executeQuery(CompiledQuery.raw(statement)),
    );
    const text = logged(error) + explainFailure(error);
    assert.match(text, /"errno":\d+/);
    assert.ok(!text.includes('4711') && !text.includes('hush-'), text);
  });
}

test('an uncaught error is one line of the log, without the statement, and ends the process', () => {
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

/** A process that runs a program to its end. */
function runProgram(program: string) {
  return spawnSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' });
}

test('a warning of Node is a line of the log, and nothing outside it', () => {
  const child = runProgram(`
    import { createLog, logCrashes } from './src/shared/log.ts';
    logCrashes(createLog('info'));
    const warning = Object.assign(new Error("Duplicate entry '花子' for key 'subscriber_id'"), { sql: '花子' });
    process.emitWarning(warning);`);
  assert.deepEqual([child.status, child.stderr], [0, '']);
  const line = JSON.parse(child.stdout) as { level: number; msg: string; err: { message: string } };
  assert.deepEqual([line.level, line.msg], [40, 'node-warning']);
  assert.equal(line.err.message, "Duplicate entry '…' for key 'subscriber_id'");
  assert.ok(!child.stdout.includes('花子'));
});

test('an uncaught error of a command is explained without the row, and ends it with 1', () => {
  const child = runProgram(`
    import { explainCrashes } from './src/explain-failure.ts';
    explainCrashes();
    const refused = new Error("Duplicate entry '花子' for key 'subscriber_id'");
    void Promise.reject(Object.assign(refused, { sql: "INSERT INTO subscriber VALUES ('花子')" }));
    setTimeout(() => {}, 60_000);`);
  assert.deepEqual([child.status, child.stdout], [1, '']);
  assert.match(child.stderr, /^Error: Duplicate entry '…' for key 'subscriber_id'\n {4}at /);
  assert.ok(!child.stderr.includes('花子'));
});
