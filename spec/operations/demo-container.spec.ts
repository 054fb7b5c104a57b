import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readSignIns, type SignIns } from '../../batch/demo/sign-ins.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { fetchFrom } from '../support/fetch-from.ts';
import { apiClient } from '../support/http-client.ts';
import { PageClient } from '../support/page-client.ts';
import { layOutImage, readStages, root } from './image-files.ts';
import { readComposeService } from './read-compose.ts';

const demo = readComposeService('demo');
const database = readComposeService('demo-database');

/** Not the address that the demo's AAA server listens on: a browser outside a container has another one, too. */
const BROWSER_ADDRESS = '127.0.0.2';

describe('the demo of compose.yaml', () => {
  it('needs no setting of anybody', () => {
    for (const { profiles, environment, command } of [demo, database]) {
      assert.deepEqual(profiles, ['demo']);
      assert.ok(Object.keys(environment).length > 0);
      for (const text of [...Object.values(environment), ...command]) assert.doesNotMatch(text, /\$/);
    }
  });

  it('names its own database with the passwords that are set there', () => {
    const owner = new URL(demo.environment['MIGRATION_DATABASE_URL']!);
    const service = new URL(demo.environment['DATABASE_URL']!);
    assert.equal(owner.password, database.environment['DATABASE_OWNER_PASSWORD']);
    assert.equal(service.password, database.environment['DATABASE_PASSWORD']);
    assert.deepEqual([owner.username, service.username], ['tabane_owner', 'tabane']);
    const { MARIADB_DATABASE } = database.environment;
    for (const url of [owner, service]) {
      assert.deepEqual([url.host, url.pathname], ['demo-database:3306', `/${MARIADB_DATABASE}`]);
    }
  });

  it('is published where its pages say they are', () => {
    assert.deepEqual(demo.ports, [`127.0.0.1:8080:${demo.environment['PORT']}`, '127.0.0.1:8081:8081']);
    assert.equal(demo.environment['HOST'], '0.0.0.0');
  });
});

describe('the demo in its container', { timeout: 300_000 }, () => {
  let folder = '';
  let testDatabase: TestDatabase;
  let child: ChildProcess;
  let output = '';
  let origin = '';
  let signIns: SignIns | undefined;

  before(async () => {
    testDatabase = await createTestDatabase();
    folder = mkdtempSync(join(tmpdir(), 'tabane-demo-image-'));
    layOutImage(folder);
    for (const volume of demo.volumes) mountVolume(volume);
    const port = await findFreePort();
    origin = `http://localhost:${port}`;
    child = startDemo(port);
    await waitUntilServed(child);
    signIns = await readSignIns(join(folder, 'files', 'demo'));
  });
  after(async () => {
    if (child.exitCode === null) child.kill('SIGKILL');
    await testDatabase.drop();
    rmSync(folder, { recursive: true });
  });

  function mountVolume(volume: string): void {
    const [from = '', to = ''] = volume.split(':');
    assert.match(to, /^\/tabane\//);
    cpSync(join(root, from), join(folder, to.replace('/tabane/', '')), { recursive: true });
  }

  /** The command with the environment of image and compose.yaml; this machine has another database, port and folder. */
  function startDemo(port: number): ChildProcess {
    const onThisMachine = (text: string) => text.replace(/^\/files/, join(folder, 'files'));
    const [node, ...words] = demo.command.map(onThisMachine);
    assert.equal(node, 'node');
    const environment = Object.entries({ ...readImageEnvironment(), ...demo.environment });
    const small = ['--lines', '6', '--companies', '1', '--charges', '12'];
    return spawn(process.execPath, [...words, ...small], {
      cwd: folder,
      env: {
        ...Object.fromEntries(environment.map(([name, value]) => [name, onThisMachine(value)])),
        DATABASE_URL: testDatabase.url,
        MIGRATION_DATABASE_URL: testDatabase.ownerUrl,
        PORT: String(port),
        METRICS_PORT: '0',
      },
    });
  }

  async function waitUntilServed({ stdout, stderr }: ChildProcess): Promise<void> {
    const served = new Promise<void>((resolve) => {
      for (const stream of [stdout, stderr]) {
        stream?.setEncoding('utf8').on('data', (text: string) => {
          output += text;
          if (output.includes('The demo world answers at')) resolve();
        });
      }
    });
    const ended = once(child, 'close').then(() => {
      throw new Error(`it ended: ${output}`);
    });
    await Promise.race([served, ended]);
  }

  it('says where it is and whom to sign in as', () => {
    assert.match(output, /All \d+ invariants hold/);
    assert.ok(output.includes(`The demo world answers at ${origin};`), output);
    assert.ok(signIns && output.includes(signIns.subscribers[0]!.password));
  });

  it('sells to a browser outside the container', async () => {
    const { company, subscribers } = signIns!;
    const { body } = await apiClient(origin, company.apiKey).post<{ id: string; confirm_url: string }>(
      '/v1/charges',
      {
        service: company.service,
        amount: 330,
        tax_code: 'standard',
        description: 'お試し1回',
        return_url: company.returnUrl,
        capture: 'automatic',
      },
    );
    assert.ok(body.confirm_url.startsWith(`${origin}/`), body.confirm_url);
    const browser = new PageClient({ 'accept-language': 'ja' }, fetchFrom(BROWSER_ADDRESS));
    const { issuedId, password } = subscribers[0]!;
    await browser.submit(body.confirm_url, 'sign-in', { issued_id: issuedId, password });
    await browser.submit(body.confirm_url, 'confirm');
    const { text } = await browser.get(body.confirm_url);
    assert.match(text, /tabane_state=captured/);
  });

  it('ends when it is told to', async () => {
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    await closed;
    assert.equal(child.exitCode, 0, output);
  });
});

/** The settings that the image brings along. */
function readImageEnvironment(): Record<string, string> {
  const words = readStages()
    .at(-1)!
    .filter((instruction) => instruction.words[0] === 'ENV');
  const settings = words.flatMap((instruction) => instruction.words.slice(1));
  return Object.fromEntries(settings.map((setting) => setting.split('=') as [string, string]));
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
