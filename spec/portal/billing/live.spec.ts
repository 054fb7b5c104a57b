import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createStaffApp } from '../../../src/app.ts';
import { countStatements } from '../../support/count-statements.ts';
import { ScriptedLineCheck } from '../../support/checkout-site.ts';
import { asOwner } from '../../support/as-owner.ts';
import { signInAccount } from '../guard/accounts-visitors.ts';
import { openBillingSite, type BillingSite } from './billing-site.ts';

const WATCHERS = 200;

describe('what runs, live', () => {
  let site: BillingSite;
  let origin: string;
  const stopping = new AbortController();
  const server = createServer();
  before(async () => {
    site = await openBillingSite();
    const deps = { ...site.world.deps, lineCheck: new ScriptedLineCheck() };
    const app = createStaffApp(deps, { stopping: stopping.signal });
    server.on('request', app.callback() as RequestListener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await site.close();
  });

  /** Opens the events for somebody; resolves with the status, and what arrives is kept. */
  async function watch(headers: Record<string, string>) {
    const leaving = new AbortController();
    const reply = await fetch(`${origin}/billing/live`, {
      headers: { 'accept-language': 'ja', ...headers },
      redirect: 'manual',
      signal: leaving.signal,
    });
    const got = { text: '', isOver: false };
    const read = async () => {
      const decoder = new TextDecoder();
      for await (const chunk of reply.body!) got.text += decoder.decode(chunk as Uint8Array);
    };
    const over = read().then(
      () => (got.isOver = true),
      () => (got.isOver = true),
    );
    return { status: reply.status, type: reply.headers.get('content-type'), got, over, leaving };
  }

  const cookieOf = async (role: string) => {
    const { client } = await signInAccount(site.world.deps, site.accounts.get(role)!, 'staff');
    return { cookie: [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  };

  const setDone = (done: number) =>
    asOwner(site.world.database, (connection) =>
      connection.query(
        "UPDATE run SET done = ? WHERE job = 'fold-charges' AND business_date = '2026-05-13'",
        [done],
      ),
    );

  for (const [role, status] of [
    ['billing', 200],
    ['billing-approver', 200],
    ['administrator', 200],
    ['auditor', 200],
    ['lead', 403],
    ['agent', 403],
    ['owner', 303],
    ['nobody', 303],
  ] as const) {
    it(`is for those who may read runs: ${role} gets ${status}`, async () => {
      const reply = await watch(role === 'nobody' ? {} : await cookieOf(role));
      assert.equal(reply.status, status);
      if (status === 200) assert.equal(reply.type, 'text/event-stream; charset=utf-8');
      reply.leaving.abort();
      await reply.over;
    });
  }

  it('reaches two hundred who watch with one poll a second, and ends with the service', async () => {
    const cookie = await cookieOf('billing');
    const watchers = await Promise.all(Array.from({ length: WATCHERS }, () => watch(cookie)));
    const all = async (words: string) => {
      while (!watchers.every(({ got }) => got.text.includes(words)))
        await new Promise((resolve) => setTimeout(resolve, 20));
    };
    await all('12,500件中5,000件');
    const statements = await countStatements(site.world.deps, async () => {
      for (const [done, words] of [
        [6_000, '12,500件中6,000件'],
        [7_000, '12,500件中7,000件'],
        [8_000, '12,500件中8,000件'],
      ] as const) {
        await setDone(done);
        await all(words);
      }
    });
    assert.ok(statements <= 20, `${statements} statements for ${WATCHERS} who watch`);
    const id = /^id: (\w+)$/gm;
    const last = [...watchers[0]!.got.text.matchAll(id)].at(-1)![1]!;
    const back = await watch({ ...cookie, 'last-event-id': last });
    stopping.abort();
    await Promise.all([...watchers, back].map(({ over }) => over));
    assert.ok(watchers.every(({ got }) => got.isOver));
    assert.doesNotMatch(back.got.text, /^data:/m);
    assert.equal((await watch(cookie)).status, 503);
  });
});
