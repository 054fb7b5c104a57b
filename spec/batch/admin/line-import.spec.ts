import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
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

test('imports a file of lines, prints the rows that were refused, and ends with 1 when there were any', async () => {
  const path = join(folder, 'lines.csv');
  const header = 'line_id,holder,closing_group,status,valid_from,valid_to';
  await writeFile(path, `${header}\nCAF0000000901,甲,5,active,2026-01-01,\nbad,乙,5,active,2026-01-01,\n`);
  const refused = await type('line', 'import', '--file', path);
  assert.deepEqual([refused.code, refused.error], [1, '']);
  assert.match(refused.out, /row 2 \(line 3\): line-id-invalid/);
  const asJson = await type('line', 'import', '--file', path, '--json');
  assert.equal(asJson.code, 1);
  assert.deepEqual(countsOf(asJson.out), { read: 2, added: 0, changed: 0, unchanged: 1, refused: 1 });
  assert.match(
    (await type('line', 'show', '--line', 'CAF0000000901')).out,
    /valid from: 2026-01-01, valid to: open-ended, holder: 甲/,
  );
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
      ['staff:spec', 1],
      ['staff:spec', 1],
      ['staff:spec', 0],
    ],
  );
});

const header = 'line_id,holder,closing_group,status,valid_from,valid_to';

test('shows by --dry-run what a file would end, and writes nothing', async () => {
  const path = join(folder, 'moves.csv');
  await writeFile(path, `${header}\nCAF0000000902,甲,5,active,2026-01-01,\n`);
  await type('line', 'import', '--file', path);
  await type('subscriber', 'issue', '--line', 'CAF0000000902', '--name', '花子', '--for', 'holder');
  await writeFile(path, `${header}\nCAF0000000902,乙,5,active,2026-05-15,\nbad,丙,5,active,2026-01-01,\n`);
  const audits = sqlOf(world.deps.orm.em.fork()).selectFrom('audit_entry').selectAll();
  const [audited, files] = [await audits.execute(), await readdir(folder)];
  const dry = await type('line', 'import', '--file', path, '--dry-run');
  assert.match(dry.out, /A dry run: nothing was written/);
  assert.match(
    dry.out,
    /row 1 \(line 2\): ends the tenure of CAF0000000902 since 2026-01-01 on 2026-05-15: 1 issued ID/,
  );
  assert.match(dry.out, /row 2 \(line 3\): line-id-invalid/);
  assert.equal(dry.code, 1);
  assert.match(
    (await type('line', 'show', '--line', 'CAF0000000902')).out,
    /valid from: 2026-01-01, valid to: open-ended, holder: 甲/,
  );
  assert.deepEqual([await audits.execute(), await readdir(folder)], [audited, files]);
  const asJson = JSON.parse((await type('line', 'import', '--file', path, '--json')).out) as Report;
  assert.equal(asJson.endedTenures, 1);
  assert.deepEqual(asJson.ended, { issuedIds: 1, subscriptions: 0, consents: 0, authorizations: 0 });
  assert.deepEqual(
    asJson.effects.map(({ kind, lineId, endsOn }) => [kind, lineId, endsOn]),
    [['ends-tenure', 'CAF0000000902', '2026-05-15']],
  );
  assert.deepEqual(
    asJson.errors.map(({ line, code }) => [line, code]),
    [[3, 'line-id-invalid']],
  );
  const entry = (await audits.where('action', '=', 'line.import').orderBy('id', 'desc').execute())[0]!;
  assert.equal((entry.facts as { endedTenures: number }).endedTenures, 1);
  assert.equal(JSON.stringify(entry).includes('CAF0000000902'), false, 'the audit trail has figures alone');
});

interface Report {
  readonly endedTenures: number;
  readonly ended: object;
  readonly effects: readonly { kind: string; lineId: string; endsOn: string }[];
  readonly errors: readonly { line: number; code: string }[];
}

test('takes a file in another encoding by --encoding, and says which one without it', async () => {
  const path = join(folder, 'sjis.csv');
  const name = Buffer.from('938c90bc', 'hex');
  const [begin, end] = [`${header}\nCAF0000000903,`, ',5,active,2026-01-01,\n'];
  await writeFile(path, Buffer.concat([Buffer.from(begin), name, Buffer.from(end)]));
  const refused = await type('line', 'import', '--file', path);
  assert.equal(refused.code, 1);
  assert.match(refused.error, /looks like Shift_JIS \(state --encoding shift_jis/);
  assert.equal((await type('line', 'import', '--file', path, '--encoding', 'CP932')).code, 0);
  assert.match((await type('line', 'show', '--line', 'CAF0000000903')).out, /東西/);
  const unknown = await type('line', 'import', '--file', path, '--encoding', 'latin1');
  assert.equal(unknown.code, 2);
  assert.match(unknown.error, /--encoding must be one of utf-8, shift_jis/);
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
