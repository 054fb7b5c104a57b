import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import {
  readSnippet,
  snippetLanguages,
  snippetNames,
  snippetsDir,
  type SnippetLanguage,
  type SnippetName,
} from '../../../src/portal/docs/guide-pages/snippets.ts';
import { publishEvents } from '../../../src/published-events/publish-events.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { generateSecret, signMessage } from '../../../src/webhooks/signature.rules.ts';
import { job } from '../../support/actors.ts';
import { createApiWorld, type ApiWorld } from '../../support/api-world.ts';
import { makeApiKey, makeSale, makeService } from '../../support/factories.ts';
import { apiClient, type ApiClient } from '../../support/http-client.ts';
import { requireProgram } from '../../support/require-program.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..', '..');

/** How a file of each language is started. */
const interpreters: Readonly<Record<SnippetLanguage['code'], string>> = {
  curl: 'sh',
  node: process.execPath,
  python: 'python3',
  php: 'php',
  ruby: 'ruby',
};

/** Calls `verify` of the program with the message of the environment, and prints the type of the event. */
const callers: Readonly<Record<SnippetLanguage['code'], readonly string[]>> = {
  curl: ['verify-webhook.sh'],
  node: [
    '--input-type=module',
    '-e',
    `import { verify } from './verify-webhook.mjs'; const { env } = process;
     console.log(verify(env.WEBHOOK_SECRET, JSON.parse(env.HEADERS), env.BODY).type)`,
  ],
  python: [
    '-c',
    `import os; exec(open("verify-webhook.py").read())
print(verify(os.environ["WEBHOOK_SECRET"], json.loads(os.environ["HEADERS"]), os.environb[b"BODY"])["type"])`,
  ],
  php: [
    '-r',
    `require "verify-webhook.php";
     echo verify(getenv("WEBHOOK_SECRET"), json_decode(getenv("HEADERS"), true), getenv("BODY"))["type"];`,
  ],
  ruby: [
    '-e',
    `load "./verify-webhook.rb"
     puts verify(ENV["WEBHOOK_SECRET"], JSON.parse(ENV["HEADERS"]), ENV["BODY"])["type"]`,
  ],
};

describe('the programs of the documentation', () => {
  let world: ApiWorld;
  let folder: string;
  before(async () => {
    world = await createApiWorld();
    folder = await mkdtemp(join(tmpdir(), 'tabane-snippets-'));
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  });
  after(async () => {
    await world.close();
    await rm(folder, { recursive: true });
  });

  const fileOf = async (name: SnippetName, language: SnippetLanguage) => {
    const file = `${name}.${language.ending}`;
    await writeFile(join(folder, file), readSnippet(name, language, world.origin));
    return file;
  };
  const start = async (language: SnippetLanguage, args: readonly string[], env: Record<string, string>) => {
    const command = language.code === 'node' ? process.execPath : requireProgram(interpreters[language.code]);
    const options = {
      cwd: folder,
      env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', ...env },
      timeout: 60_000,
    };
    return await run(command, args, options);
  };

  it('are files of five languages, and no other', async () => {
    const wanted = snippetNames.flatMap((name) => snippetLanguages.map(({ ending }) => `${name}.${ending}`));
    assert.deepEqual((await readdir(snippetsDir)).sort(), wanted.sort());
  });

  for (const language of snippetLanguages) {
    describe(`in ${language.name}`, () => {
      let api: ApiClient;
      let token: string;
      let charge: string;
      before(async () => {
        const { deps } = world;
        const { company, consent } = await makeSale(deps);
        await makeService(deps, { companyId: company.id, code: 'video', siteOrigin: 'https://shop.example' });
        ({ token } = await makeApiKey(deps, { companyId: company.id }));
        api = apiClient(world.origin, token);
        const use = { amount: 550, tax_code: 'standard', description: '楽曲', reference: 'order-7' };
        const used = await api.post('/v1/usage-charges', {
          consent: publicId('consent', consent.id),
          ...use,
        });
        assert.equal(used.status, 201, used.text);
        charge = String(used.body['id']);
      });
      const runIt = async (name: SnippetName) => {
        const file = await fileOf(name, language);
        return (await start(language, [file], { TABANE_KEY: token, CHARGE: charge })).stdout;
      };

      it('create a charge', async () => {
        const printed = await runIt('create-charge');
        const [id = ''] = /ch_\w{26}/.exec(printed) ?? [];
        const created = await api.get(`/v1/charges/${id}`);
        assert.equal(created.status, 200, printed);
        const { state, amount, description, reference } = created.body;
        assert.deepEqual(
          { state, amount, description, reference },
          { state: 'pending', amount: 550, description: '映画レンタル 48時間', reference: 'order-1001' },
        );
        // Sent again, it is the same charge.
        assert.ok((await runIt('create-charge')).includes(id));
      });

      it('read it', async () => {
        const printed = await runIt('read-charge');
        assert.match(printed, /captured/);
        assert.match(printed, /order-7/);
      });

      it('refund a part', async () => {
        const printed = await runIt('refund-charge');
        assert.match(printed, /re_\w{26}|rf_\w{26}/);
        assert.equal((await api.get(`/v1/charges/${charge}`)).body['refunded_amount'], 250);
      });

      it('list events', async () => {
        await publishEvents(world.deps, job('publish-events'));
        const printed = await runIt('list-events');
        for (const type of ['charge.captured', 'charge.refunded']) assert.ok(printed.includes(type), printed);
      });

      it('verify a webhook, and refuse one that was changed, is old, or is of another secret', async () => {
        await fileOf('verify-webhook', language);
        const secret = generateSecret();
        const body = JSON.stringify({ type: 'charge.captured', data: { object: { description: '楽曲' } } });
        const now = Math.floor(Date.now() / 1_000);
        const check = async (sent: { body?: string; secret?: string; at?: number }) => {
          const timestampSeconds = sent.at ?? now;
          const message = { id: 'msg_1', timestampSeconds, body };
          const headers = signMessage(
            { secrets: [generateSecret(), secret], privateKey: undefined },
            message,
          );
          const text = sent.body ?? body;
          await writeFile(join(folder, 'body.json'), text);
          return await start(language, callers[language.code], {
            WEBHOOK_SECRET: sent.secret ?? secret,
            HEADERS: JSON.stringify(headers),
            BODY: text,
            ID: headers['webhook-id'],
            TIMESTAMP: headers['webhook-timestamp'],
            SIGNATURE: headers['webhook-signature'],
          });
        };
        const { stdout } = await check({});
        assert.match(stdout, language.code === 'curl' ? /^verified/ : /^charge\.captured/);
        await assert.rejects(check({ body: body.replace('captured', 'refunded') }));
        await assert.rejects(check({ secret: generateSecret() }));
        await assert.rejects(check({ at: now - 301 }));
      });
    });
  }
});
