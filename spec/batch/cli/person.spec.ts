import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { adminProgram } from '../../../batch/admin/program.ts';
import { describeCommand, describeProgram } from '../../../batch/cli/help.ts';
import { runCommandLine } from '../../../batch/cli/run-command-line.ts';
import { findSystemUser, readActor } from '../../../batch/cli/person.ts';
import { batchProgram } from '../../../batch/program.ts';
import { actorName } from '../../../src/access/actor.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { createWorld, type World } from '../../support/world.ts';
import { productionSettings } from '../../support/production-settings.ts';
import { splitWords } from './split-words.ts';
import { startBatchAt } from '../batch-process.ts';

describe('the name of who types a command', () => {
  const tooLong = 'あ'.repeat(61);
  for (const [name, systemUser, actor] of [
    ['m.kato', undefined, 'staff:m.kato'],
    ['加藤', 'node', 'staff:加藤'],
    ['か\u3099ロ', undefined, 'staff:がロ'],
    ['あ'.repeat(60), undefined, `staff:${'あ'.repeat(60)}`],
    [undefined, 'dev', 'staff:dev'],
  ] as const) {
    it(`is ${actor}`, () => assert.equal(actorName(readActor(name, systemUser)), actor));
  }
  for (const name of [
    '',
    ' ',
    ' a',
    'a ',
    'a\nb',
    'a\u0000',
    '\u001B[2J',
    '\u202Ea',
    '\u200B',
    '\uFEFF',
    tooLong,
  ]) {
    it(`is refused: ${JSON.stringify(name)}`, () => {
      assert.throws(() => readActor(name, 'dev'), { name: 'UsageError', message: /^--as takes a name/ });
    });
  }
  it('is asked for in production, whatever user the process is', () => {
    assert.equal(findSystemUser({ NODE_ENV: 'production' }), undefined);
    assert.equal(typeof findSystemUser({ NODE_ENV: 'development' }), 'string');
    assert.throws(() => readActor(undefined, undefined), { name: 'UsageError', message: /--as NAME/ });
  });
});

describe('in production', () => {
  let world: World;
  before(async () => void (world = await createWorld()));
  after(() => world.close());

  const listAudit = () =>
    sqlOf(world.deps.orm.em.fork())
      .selectFrom('audit_entry')
      .select(['actor', 'action', 'subject'])
      .orderBy('id')
      .execute();

  async function type(...args: string[]) {
    const seen = { out: '', error: '', opened: false };
    const code = await runCommandLine(adminProgram, args, {
      systemUser: undefined,
      print: (text) => void (seen.out += text),
      printError: (text) => void (seen.error += text),
      openDeps: () => {
        seen.opened = true;
        return Promise.resolve({ ...world.deps, close: () => Promise.resolve() });
      },
    });
    return { code, ...seen };
  }

  for (const command of adminProgram.commands) {
    const words = command.name;
    const given = splitWords(command.example).filter((word) => word !== '--dry-run');
    if (command.changes) {
      it(`${words} is refused without a name before it comes to the database, and its help says so`, async () => {
        const { code, error, opened } = await type(...words.split(' '), ...given);
        assert.deepEqual([code, opened], [2, false]);
        assert.match(error, /--as NAME/);
        assert.match(describeCommand(adminProgram, command), /--as NAME .+required in production/);
        assert.match(describeCommand(adminProgram, command), /Example: .+ --as NAME$/m);
      });
    } else {
      it(`${words} only reads, needs no name and leaves nothing in the audit trail`, async () => {
        const before = await listAudit();
        assert.notEqual((await type(...words.split(' '), ...given)).code, 2);
        assert.deepEqual(await listAudit(), before);
      });
    }
  }

  it('the audit trail has the name that was typed', async () => {
    const create = 'company create --code named --name-en Named --address 東京都 --name 名付け';
    assert.equal((await type(...create.split(' '), '--as', '加藤')).code, 0);
    const [row] = await listAudit();
    assert.equal(row?.actor, 'staff:加藤');
    assert.equal((await type(...create.split(' '), '--as', 'a\nb')).code, 2);
  });

  it('a job started by hand asks for a name, and the audit trail has it with what was started', async () => {
    const place = {
      databaseUrl: world.database.url,
      filesDir: world.config.filesDir,
      environment: productionSettings,
    };
    const refused = await startBatchAt(place, ['fold-charges', '--business-date', '2026-05-01']).result;
    assert.deepEqual([refused.code, refused.output], [2, '']);
    assert.match(refused.errors, /--as NAME/);
    const words = ['fold-charges', '--business-date', '2026-05-01', '--as', 'm.kato'];
    const { code, errors } = await startBatchAt(place, words).result;
    assert.equal(code, 0, errors);
    const started = { actor: 'staff:m.kato', action: 'batch.start', subject: 'job:fold-charges' };
    assert.deepEqual((await listAudit()).at(-1), started);
    assert.match(describeProgram(batchProgram), /--as NAME/);
  });
});
