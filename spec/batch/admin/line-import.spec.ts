import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sqlOf } from '../../../src/database/sql.ts';
import { createWorld, type World } from '../../support/world.ts';
import { typeCommand } from './type-command.ts';

let world: World;
let folder: string;
before(async () => {
  world = await createWorld();
  folder = await mkdtemp(join(tmpdir(), 'tabane-spec-'));
});
after(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

const type = (...args: string[]) => typeCommand(world.deps, args);

test('imports a file of lines, tells the rows that were refused, and ends with 1 when there were any', async () => {
  const path = join(folder, 'lines.csv');
  const header = 'line_id,holder,closing_group,status,valid_from,valid_to';
  await writeFile(path, `${header}\nCAF0000000901,甲,5,active,2026-01-01,\nbad,乙,5,active,2026-01-01,\n`);
  const refused = await type('line', 'import', '--file', path);
  assert.deepEqual([refused.code, refused.error], [1, '']);
  assert.match(refused.out, /row 2 \(line 3\): line-id-invalid/);
  const asJson = await type('line', 'import', '--file', path, '--json');
  assert.equal(asJson.code, 1);
  assert.deepEqual(countsOf(asJson.out), { read: 2, added: 0, changed: 0, unchanged: 1, refused: 1 });
  assert.match((await type('line', 'show', '--line', 'CAF0000000901')).out, /2026-01-01 – open: 甲/);
  await writeFile(path, `${header}\nCAF0000000901,甲,5,active,2026-01-01,\n`);
  assert.equal((await type('line', 'import', '--file', path)).code, 0);
  const none = await type('line', 'import', '--file', join(folder, 'none.csv'));
  assert.deepEqual([none.code, none.opened], [1, true]);
  assert.match(none.error, /\[no-such-file\]/);
  const aFolder = await type('line', 'import', '--file', folder);
  assert.equal(aFolder.code, 1);
  assert.match(aFolder.error, /\[no-such-file\]/);
  const audit = sqlOf(world.deps.orm.em.fork()).selectFrom('audit_entry').select(['actor', 'facts']);
  const imports = await audit.where('action', '=', 'line.import').orderBy('id').execute();
  assert.deepEqual(
    imports.map(({ actor, facts }) => [actor, (facts as { refused: number }).refused]),
    [
      ['cli:spec', 1],
      ['cli:spec', 1],
      ['cli:spec', 0],
    ],
  );
});

function countsOf(json: string): object {
  const { read, added, changed, unchanged, refused } = JSON.parse(json) as Record<string, number>;
  return { read, added, changed, unchanged, refused };
}

test('says of an import, in the help too, that refused rows make the exit code 1', async () => {
  for (const args of [['--help'], ['line', 'import', '--help']]) {
    assert.match((await type(...args)).out, /line import.*exit code 1 when rows of it were refused/);
  }
});
