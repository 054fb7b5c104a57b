import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { countRows, countWritten, createApiWorld, type ApiWorld } from '../support/api-world.ts';
import { MAX_UNFINISHED_FILES } from '../../src/usage-files/receive-usage-file.ts';
import { fileOf, makeConsents, rowOf, work } from './usage-file-kit.ts';

const csv = { 'content-type': 'text/csv' };

describe('/v1/usage-files', () => {
  let world: ApiWorld;
  let consents: string[];
  before(async () => {
    world = await createApiWorld();
    consents = await makeConsents(world.deps, world.sale, 6);
  });
  after(() => world.close());

  const post = (
    text: string,
    options: { key?: string; partial?: string; headers?: Record<string, string> } = {},
  ) => {
    const { key = randomUUID(), partial, headers = csv } = options;
    const path = `/v1/usage-files${partial === undefined ? '' : `?partial=${partial}`}`;
    return world.api.post(path, text, { key, headers });
  };

  it('takes a file, charges it, and shows how far it is and the result', async () => {
    const sent = await post(fileOf(rowOf(consents[0]!, { reference: '=1+1' })));
    assert.equal(sent.status, 202);
    const { id, state, rows, already_received: repeated } = sent.body;
    assert.deepEqual([state, repeated], ['received', false]);
    assert.deepEqual(rows, { total: null, read: 0, charged: 0, repeated: 0, refused: 0 });
    const early = await world.api.get(`/v1/usage-files/${String(id)}/result`);
    assert.deepEqual([early.status, early.body['code']], [409, 'usage-file-not-finished']);
    await work(world.deps);
    const read = await world.api.get(`/v1/usage-files/${String(id)}`);
    assert.deepEqual(
      [read.body['state'], read.body['progress'], read.body['charged_amount']],
      ['done', 100, 100],
    );
    const list = await world.api.get<{ items: { id: string }[] }>('/v1/usage-files?limit=1');
    assert.deepEqual(
      list.body.items.map((item) => item.id),
      [id],
    );
    const result = await world.api.get(`/v1/usage-files/${String(id)}/result`);
    assert.match(
      result.headers.get('content-disposition') ?? '',
      /attachment; filename="usage-file-\w+\.csv"/,
    );
    assert.match(result.text, /\n2,'=1\+1,,charged,ch_\w{26},,\n/, 'a formula is neutralised');
  });

  it('charges the same bytes once, whatever the key, and replays the same request', async () => {
    const [text, key] = [fileOf(rowOf(consents[1]!)), randomUUID()];
    const first = await post(text, { key });
    const replay = await post(text, { key });
    assert.deepEqual([replay.headers.get('idempotent-replayed'), replay.body], ['true', first.body]);
    const again = await post(text, { partial: 'true' });
    assert.deepEqual([again.body['id'], again.body['already_received']], [first.body['id'], true]);
    const other = await post(fileOf(rowOf(consents[1]!, { amount: 2 })), { key });
    assert.deepEqual([other.status, other.body['code']], [422, 'idempotency-key-reused']);
    await work(world.deps);
    assert.equal(await countRows(world.deps, 'usage_file_piece'), 0, 'nothing is left of what was not taken');
  });

  it('charges good rows of a partial file', async () => {
    const sent = await post(fileOf(rowOf(consents[2]!), rowOf(consents[2]!, { amount: 0 })), {
      partial: 'true',
    });
    await work(world.deps);
    const { body } = await world.api.get(`/v1/usage-files/${String(sent.body['id'])}`);
    assert.deepEqual([body['state'], body['partial']], ['done', true]);
    assert.deepEqual(body['rows'], { total: 2, read: 2, charged: 1, repeated: 0, refused: 1 });
  });

  it('says why a whole file was refused', async () => {
    const sent = await post(fileOf(rowOf(consents[4]!, { amount: 0 })));
    await work(world.deps);
    const { body } = await world.api.get(`/v1/usage-files/${String(sent.body['id'])}`);
    const { state, refusal, refusal_detail: detail } = body;
    const told = ['refused', 'rows-refused', '1 row was refused, so nothing is charged.'];
    assert.deepEqual([state, refusal, detail], told);
  });

  it('refuses what is no file before anything is written', async () => {
    const before = await countWritten(world.deps);
    const refused = async (reply: ReturnType<typeof post>) => {
      const { status, body } = await reply;
      return `${status} ${String(body['code'])}`;
    };
    assert.equal(
      await refused(post('{}', { headers: { 'content-type': 'application/json' } })),
      '415 unsupported-media-type',
    );
    assert.equal(
      await refused(post('x', { headers: { ...csv, 'content-encoding': 'gzip' } })),
      '415 unsupported-media-type',
    );
    assert.equal(await refused(post('', {})), '400 invalid-request');
    assert.equal(await refused(post('x', { partial: 'yes' })), '400 invalid-request');
    const keyless = world.api.post('/v1/usage-files', 'x', { key: null, headers: csv });
    assert.equal(await refused(keyless as never), '400 idempotency-key-missing');
    assert.deepEqual(await countWritten(world.deps), before);
    assert.equal(await countRows(world.deps, 'usage_file_piece'), 0);
  });

  it('shows nothing to another company, to no key, and to a key without the scope', async () => {
    const sent = await post(fileOf(rowOf(consents[3]!)));
    const path = `/v1/usage-files/${String(sent.body['id'])}`;
    for (const address of [path, `${path}/result`]) {
      const foreign = await world.other.get(address);
      assert.deepEqual([foreign.status, foreign.body['code']], [404, 'usage-file-not-found']);
      assert.equal((await world.anonymous.get(address)).status, 401);
    }
    const reader = await world.withScopes('charges:read');
    assert.equal((await reader.post('/v1/usage-files', 'x', { headers: csv })).status, 403);
    const writer = await world.withScopes('charges:write');
    assert.equal((await writer.get(path)).status, 403);
    assert.equal((await world.anonymous.post('/v1/usage-files', 'x', { headers: csv })).status, 401);
    const stolen = await world.other.post('/v1/usage-files', fileOf(rowOf(consents[3]!)), { headers: csv });
    await work(world.deps);
    const result = await world.other.get(`/v1/usage-files/${String(stolen.body['id'])}/result`);
    assert.match(result.text, /\n2,,,refused,,consent-not-found,No such consent\n/);
  });

  it('takes no more while twenty are not done', async () => {
    await work(world.deps);
    const files = Array.from({ length: MAX_UNFINISHED_FILES + 1 }, (_, n) =>
      fileOf(rowOf(consents[1]!, { reference: `many-${n}` })),
    );
    const last = files.pop()!;
    for (const file of files) assert.equal((await post(file)).status, 202);
    const key = randomUUID();
    const refused = await post(last, { key });
    assert.deepEqual([refused.status, refused.body['code']], [429, 'rate-limit-exceeded']);
    await work(world.deps);
    assert.equal((await post(last, { key })).status, 202, 'the same request, once there is room');
  });
});
