import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { adminProgram } from '../../../batch/admin/program.ts';
import type { Program } from '../../../batch/cli/command.ts';
import { exampleOf } from '../../../batch/cli/help.ts';
import { parseCommandLine } from '../../../batch/cli/parse-command-line.ts';
import { demoProgram } from '../../../batch/demo/options.ts';
import { batchProgram } from '../../../batch/program.ts';
import { ID_PATTERN } from '../../../src/shared/ids.ts';
import { makeLine, makeSubscriber } from '../../support/factories.ts';
import { createWorld, type World } from '../../support/world.ts';
import { typeCommand } from '../admin/type-command.ts';
import { splitWords } from './split-words.ts';

const programs: readonly Program[] = [adminProgram, batchProgram, demoProgram];

describe('the example of each command', () => {
  for (const program of programs) {
    for (const command of program.commands) {
      const example = exampleOf(program, command);
      it(`is understood: ${example}`, () => {
        const words = splitWords(example.slice(program.call.length));
        const request = parseCommandLine(program, words);
        assert.ok(request.kind === 'run' && request.command === command);
      });

      it(`has identifiers of the real length: ${example}`, () => {
        for (const [id] of example.matchAll(/\b(?:[a-z]{2}_)?01[0-9A-Z]{5,}/g))
          assert.match(id, new RegExp(`^([a-z]{2}_)?${ID_PATTERN}$`));
      });
    }
  }
});

/** What a new world has not: an example that names it is refused by one of these. */
const NAMES_NOTHING = /\[((?:[a-z-]+-)?not-found|no-such-file|illegal-state)\]\n$/;

describe('the examples, typed one after another in a new world', () => {
  let world: World;
  const succeeded: string[] = [];
  const [home, folder] = [process.cwd(), mkdtempSync(join(tmpdir(), 'examples-spec-'))];
  before(async () => {
    world = await createWorld();
    const { lineId } = await makeLine(world.deps, { lineId: 'CAF0000000001' });
    await makeSubscriber(world.deps, { lineId, issuedId: 'F12345678906' });
    process.chdir(folder);
    const lines =
      'line_id,holder,closing_group,status,valid_from,valid_to\nCAF0000000002,甲,5,active,2026-01-01,\n';
    writeFileSync('lines.csv', lines);
    const tariff = { monthlyBaseMinor: 0, percentBps: 450, perLineMinimumMinor: 0, bands: [] };
    writeFileSync('flat-2027.json', JSON.stringify(tariff));
  });
  after(async () => {
    process.chdir(home);
    rmSync(folder, { recursive: true });
    await world.close();
  });

  for (const command of adminProgram.commands) {
    it(command.name, async () => {
      const words = splitWords(exampleOf(adminProgram, command).slice(adminProgram.call.length));
      const { code, out, error } = await typeCommand(world.deps, words);
      if (code === 0) succeeded.push(command.name);
      else assert.match(error, NAMES_NOTHING);
      assert.doesNotMatch(
        out.replaceAll(world.deps.config.filesDir, '').replaceAll(/tbn_\S+/g, ''),
        /[{}]|[a-z][A-Z]|\d{4}-\d\d-\d\dT/,
        'a table is in words',
      );
    });
  }

  it('leave audit entries that are in words', async () => {
    const { out } = await typeCommand(world.deps, splitWords('audit list --limit 1000'));
    assert.match(out, /code: /);
    assert.doesNotMatch(out, /[{}]|[a-z][A-Z]|\d{4}-\d\d-\d\dT/);
  });

  it('work but for those that name something of another world', () => {
    assert.ok(succeeded.length >= 22, succeeded.join(', '));
    for (const name of [
      'company show',
      'service create',
      'key issue',
      'line import',
      'subscriber issue',
      'tariff add',
    ])
      assert.ok(succeeded.includes(name), name);
  });
});
