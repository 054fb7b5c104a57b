import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { adminProgram } from '../../batch/admin/program.ts';
import { jobs } from '../../batch/jobs.ts';
import { batchProgram } from '../../batch/program.ts';
import { readComposeService } from '../operations/read-compose.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const documents = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' })
  .trim()
  .split('\n');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

/** The words after a command, up to the end of its line or of its inline code. */
function findCalls(text: string, command: string): string[] {
  return [...text.matchAll(new RegExp(`${command} ([^\`#\\n|&]*)`, 'g'))].map(([, words]) => words!.trim());
}

describe('the documentation', () => {
  for (const document of documents) {
    const text = read(document);

    it(`links only to what exists: ${document}`, () => {
      for (const [, target] of text.matchAll(/\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)/g)) {
        // Guides are pages of the service, which link to its other pages; spec/portal/docs follows those.
        if (document.startsWith('templates/docs-guides/') && target!.startsWith('/')) continue;
        assert.ok(existsSync(join(root, dirname(document), target!)), target!);
      }
    });

    it(`names only scripts, jobs and commands that exist: ${document}`, () => {
      for (const script of findCalls(text, 'npm run').map((words) => words.split(/[\s,;:.)]/)[0]!)) {
        assert.ok(scripts[script], `npm run ${script}`);
      }
      for (const words of findCalls(text, 'npm run batch --')) {
        const [job = ''] = words.split(/\s/);
        const isKnown = batchProgram.commands.some(({ name }) => name === job);
        assert.ok(['--help', 'JOB'].includes(job) || isKnown, words);
      }
      for (const words of findCalls(text, 'npm run admin --')) {
        const isKnown = adminProgram.commands.some(({ name }) => `${words} `.startsWith(`${name} `));
        assert.ok(words.startsWith('--help') || isKnown, words);
      }
      for (const [, path] of text.matchAll(/\bnode ((?:src|batch|config|spec)\/[\w/-]+\.ts)/g)) {
        assert.ok(existsSync(join(root, path!)), path!);
      }
    });
  }

  it('lists every job', () => {
    for (const { name } of jobs) assert.match(read('batch/README.md'), new RegExp(`^\\| .*\`${name}\``, 'm'));
  });

  it('starts the demo by a profile that compose.yaml has', () => {
    const [profile] = findCalls(read('README.md'), 'docker compose --profile');
    assert.equal(profile, 'demo up');
    assert.deepEqual(readComposeService('demo').profiles, ['demo']);
  });

  it('needs nothing but a shell and curl for its example', () => {
    const [, example] = /```sh\n(curl [^`]*)```/.exec(read('README.md'))!;
    const called = [...example!.matchAll(/\$\((\w+)/g)].map(([, program]) => program);
    assert.deepEqual(called, ['cat']);
  });
});
