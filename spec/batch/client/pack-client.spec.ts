import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { packClient } from '../../../batch/client/pack.ts';
import { apiEndpoints } from '../../../src/api-endpoints.ts';
import { makeApiKey } from '../../support/factories.ts';
import { countRows, createApiWorld, type ApiWorld } from '../../support/api-world.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..', '..');
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

const PROGRAM = `import { createTabane, TabaneError } from 'tabane-client';

const { API_KEY: apiKey = '', ORIGIN: origin = '', CONSENT: consent = '' } = process.env;
const tabane = createTabane({ apiKey, origin });
const use = { consent, amount: 250, tax_code: 'standard', description: '楽曲1曲', item_key: 'play-1' } as const;
const sold = await tabane.createUsageCharge(use);
const again = await tabane.createUsageCharge(use, { idempotencyKey: 'another' });
const ids: string[] = [];
for await (const charge of tabane.all.listCharges({ limit: 1 })) ids.push(charge.id);
const refund = await tabane.createRefund(sold.id, { reason: 'not_delivered', amount: 100 }).catch((error: unknown) => {
  if (error instanceof TabaneError) return { code: error.code, requestId: error.requestId };
  throw error;
});
const refused = await tabane.getCharge('ch_0000000000000000000000000A').catch((error: unknown) => {
  if (error instanceof TabaneError) return { code: error.code, status: error.status };
  throw error;
});
console.log(JSON.stringify({ sold, again, ids, refused, refund }));
`;

const WRONG = `import { createTabane } from 'tabane-client';
const tabane = createTabane({ apiKey: '', origin: '' });
// @ts-expect-error An amount is a number.
await tabane.createCharge({ service: 'a', amount: '550', tax_code: 'standard', description: '', return_url: '', capture: 'manual' });
// @ts-expect-error A charge is captured by its identifier.
await tabane.captureCharge({ amount: 1 });
// @ts-expect-error There is no such state.
await tabane.listCharges({ state: 'sold' });
`;

describe('the packed client, in a project of its own', () => {
  let folder: string;
  let world: ApiWorld;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tabane-shop-'));
    world = await createApiWorld();
    const tarball = await packClient(join(folder, 'packages'));
    await writeFile(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'shop', private: true, type: 'module' }),
    );
    await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: folder });
  });
  after(async () => {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('has plain JavaScript, types, and nothing else to install', async () => {
    const installed = join(folder, 'node_modules', 'tabane-client');
    const { dependencies, scripts } = JSON.parse(
      await readFile(join(installed, 'package.json'), 'utf8'),
    ) as Record<string, unknown>;
    assert.deepEqual([dependencies, scripts], [undefined, undefined]);
    assert.match(await readFile(join(installed, 'dist', 'index.js'), 'utf8'), /createTabane/);
  });

  it('has a method for every operation of the API', async () => {
    const list =
      "import { createTabane } from 'tabane-client'; console.log(Object.keys(createTabane({ apiKey: '', origin: '' })).join())";
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', list], { cwd: folder });
    const names = apiEndpoints.map(({ name }) => name);
    assert.deepEqual(stdout.trim().split(',').sort(), [...names, 'all', 'events'].sort());
  });

  it('sells once, reads back page by page, and names refusals by their code', async () => {
    await writeFile(join(folder, 'sell.ts'), PROGRAM);
    const { token } = await makeApiKey(world.deps, { companyId: world.sale.company.id });
    const env = { ...process.env, API_KEY: token, ORIGIN: world.origin, CONSENT: world.consent };
    const { stdout } = await run(process.execPath, ['sell.ts'], { cwd: folder, env });
    const { sold, again, ids, refused, refund } = JSON.parse(stdout) as {
      sold: { id: string; state: string };
      again: { id: string };
      ids: string[];
      refused: object;
      refund: object;
    };
    assert.equal(sold.state, 'captured');
    assert.equal(again.id, sold.id);
    assert.deepEqual(ids, [sold.id]);
    assert.deepEqual(refused, { code: 'charge-not-found', status: 404 });
    assert.ok('id' in refund, JSON.stringify(refund));
    assert.equal(await countRows(world.deps, 'charge'), 1);
  });

  it('refuses wrong calls when a program is compiled, with the types that come with it', async () => {
    await writeFile(join(folder, 'sell.ts'), PROGRAM);
    await writeFile(join(folder, 'wrong.ts'), WRONG);
    const types = join(root, 'node_modules', '@types');
    const flags = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--typeRoots',
      types,
      '--types',
      'node',
    ];
    await run(process.execPath, [tsc, ...flags, 'sell.ts', 'wrong.ts'], { cwd: folder });
  });
});
