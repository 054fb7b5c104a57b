import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { productionSettings } from '../support/production-settings.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { isSeen, layOutImage, listCopies, readRoot, readStages, root } from './image-files.ts';
import { readComposeService } from './read-compose.ts';
import { startServiceProcess } from './service-process.ts';

describe('the Dockerfile', () => {
  const stages = readStages();
  const last = stages.at(-1)!;
  const wordsOf = (instruction: string) => last.find(({ words }) => words[0] === instruction)?.words ?? [];

  it('copies what there is, and what .dockerignore lets through', () => {
    const copies = stages.flatMap((stage) => listCopies(stage));
    assert.ok(copies.length >= 8);
    for (const { from } of copies) {
      assert.ok(existsSync(join(root, from)), `${from} is not there`);
      assert.ok(isSeen(from), `${from} is left out by .dockerignore`);
    }
    for (const secret of ['.env', '.data', '.git', 'spec', 'node_modules', 'batch/demo/run.ts']) {
      assert.ok(!isSeen(secret), `${secret} gets into the image`);
    }
  });

  it('takes the official image in each stage, installs no development package and runs as nobody special', () => {
    for (const [from] of stages) assert.equal(from?.words[1], 'node:26-slim');
    const runs = stages.flat().filter(({ words }) => words[0] === 'RUN');
    assert.match(runs.map(({ words }) => words.join(' ')).join('\n'), /npm ci --omit=dev/);
    assert.deepEqual(wordsOf('USER'), ['USER', 'node']);
    const order = last.map(({ words }) => words[0]);
    assert.ok(
      order.indexOf('USER') < order.indexOf('CMD') && order.indexOf('USER') > order.lastIndexOf('COPY'),
    );
    assert.ok(order.includes('HEALTHCHECK'));
  });
});

describe('what the image holds', () => {
  let folder = '';
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase();
    folder = mkdtempSync(join(tmpdir(), 'tabane-image-'));
    layOutImage(folder);
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await database.drop();
  });

  const settings = () => ({
    ...productionSettings,
    DATABASE_URL: database.url,
    FILES_DIR: join(folder, 'files'),
  });

  async function run(words: string[], more: Record<string, string> = {}) {
    const child = spawn(process.execPath, words, { cwd: folder, env: { ...settings(), ...more } });
    const [output, errors] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    return { code: child.exitCode, output, errors };
  }

  it('has no development package and no demo', () => {
    const packages = readdirSync(join(folder, 'node_modules'));
    assert.ok(packages.includes('koa'));
    for (const name of ['node', 'typescript', 'oxlint', 'playwright-core', 'fast-check']) {
      assert.ok(!packages.includes(name), name);
    }
    assert.ok(!existsSync(join(folder, 'batch', 'demo')));
  });

  it('is enough to migrate, to run batches and to serve in production', async () => {
    const migrated = await run(['config/migrate.ts'], { MIGRATION_DATABASE_URL: database.ownerUrl });
    assert.deepEqual([migrated.code, migrated.errors], [0, '']);
    for (const command of ['batch/run.ts', 'batch/admin.ts']) {
      const helped = await run([command, '--help']);
      assert.equal(helped.code, 0, helped.errors);
    }
    const night = await run(['batch/run.ts', 'night', '--business-date', '2026-05-31', '--as', 'operator']);
    assert.equal(night.code, 0, night.output + night.errors);
    // At its usual level, for in production it says in its log where it answers.
    const service = await startServiceProcess({ LOG_LEVEL: 'info', ...settings() }, folder);
    let output = '';
    service.child.stdout?.on('data', (text: string) => (output += text));
    for (const path of ['/health/live', '/health/ready', '/docs', '/openapi.json']) {
      assert.equal((await fetch(`${service.address}${path}`)).status, 200, path);
    }
    service.child.kill('SIGTERM');
    assert.deepEqual(await service.ended, { code: 0, errors: '' });
    const log = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { msg: string });
    assert.deepEqual([log.length, log.at(-1)?.msg], [5, 'stopping'], 'nothing but JSON lines');
  });
});

describe('compose.yaml', () => {
  const compose = readRoot('compose.yaml');

  it('takes its secrets from .env, whose example names them all', () => {
    const asked = [...compose.matchAll(/\$\{(\w+)/g)].map(([, name]) => name!);
    const example = readRoot('.env.example');
    assert.ok(asked.length > 0);
    for (const name of asked) assert.match(example, new RegExp(`^#?${name}=`, 'm'));
    assert.match(compose, /^ {2}env_file: \.env$/m);
  });

  it('starts none of its services without a profile, and one profile at a time', () => {
    const services = compose.slice(compose.indexOf('\nservices:'), compose.indexOf('\nvolumes:'));
    for (const [, name] of services.matchAll(/^  ([a-z-]+):$/gm)) {
      const block = new RegExp(`^  ${name!}:\\n(?:    .*\\n|\\n)+`, 'm').exec(services)![0];
      assert.match(block, /^    (?:profiles: \[(?:production|demo)\]|<<: \*tabane)$/m, name!);
    }
    assert.match(compose, /^x-tabane: &tabane\n  profiles: \[production\]$/m);
    assert.match(readRoot('.env.example'), /^COMPOSE_PROFILES=production$/m);
  });

  it('asks for passwords only of those who run production: the database is not created without one', () => {
    // Compose evaluates `:?` in services of other profiles, too.
    assert.doesNotMatch(compose, /\$\{\w+:\?/);
    const root = '${DATABASE_PASSWORD:+${DATABASE_OWNER_PASSWORD:+${DATABASE_ROOT_PASSWORD:-}}}';
    assert.ok(compose.includes(`MARIADB_ROOT_PASSWORD: ${root}\n`));
  });

  it('publishes ports to this machine alone: the proxy and Prometheus are there', () => {
    const published = [...compose.matchAll(/^ +ports:\n((?: +- .+\n)+)/gm)].flatMap(([, list]) =>
      list!.trimEnd().split('\n'),
    );
    assert.equal(published.length, 5);
    for (const port of published) assert.match(port, /^ +- '127\.0\.0\.1:(\d+):\1'$/);
  });

  it('runs programs that the image holds, or that are mounted into it', () => {
    const programs = [...compose.matchAll(/\b(?:src|batch|config)\/[\w/-]+\.ts\b/g)].map(([path]) => path);
    assert.ok(programs.includes('config/migrate.ts'));
    const mounted = readComposeService('demo').volumes.map((volume) => volume.split(':')[0]!.slice(2));
    for (const path of programs) {
      const isThere = isSeen(path) || mounted.some((folder) => path.startsWith(`${folder}/`));
      assert.ok(existsSync(join(root, path)) && isThere, path);
    }
  });
});
