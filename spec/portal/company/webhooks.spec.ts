import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../../src/database/sql.ts';
import type { Deps } from '../../../src/deps.ts';
import { inTransaction } from '../../../src/database/transaction.ts';
import { appendEvents } from '../../../src/events/append-events.ts';
import { publishEvents } from '../../../src/published-events/publish-events.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { createEndpoint } from '../../../src/webhooks/create-endpoint.ts';
import { deliverWebhooks } from '../../../src/webhooks/deliver-webhooks.ts';
import { job, keyOf } from '../../support/actors.ts';
import { makeCompany } from '../../support/factories.ts';
import { startReceiver, status, type Receiver } from '../../webhooks/receiver.ts';
import { openCompanySiteOver, type CompanySite } from './company-site.ts';

const hidden = (text: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '';
const SECRET = /whsec_[A-Za-z0-9+/]{43}=/;

/** Two companies, the second with an endpoint. */
async function fillWebhookWorld(deps: Deps) {
  const company = await makeCompany(deps);
  const other = await makeCompany(deps);
  const url = 'https://video.example/webhooks';
  const { endpoint } = await createEndpoint(deps, keyOf(other.id), { url });
  return {
    company: company.code,
    number: String(company.id),
    'other-webhook': publicId('webhook-endpoint', endpoint.id),
  };
}

describe("webhooks in a company's portal", () => {
  let site: CompanySite<Awaited<ReturnType<typeof fillWebhookWorld>>>;
  let receiver: Receiver;
  let at: string;
  before(async () => {
    site = await openCompanySiteOver(fillWebhookWorld, { WEBHOOK_LOOPBACK: 'allow' });
    receiver = await startReceiver();
  });
  after(async () => {
    await receiver.close();
    await site.close();
  });

  const deliver = async () => {
    const { deps } = site.world;
    await publishEvents(deps, job('publish-events'));
    await deliverWebhooks(deps, job('deliver-webhooks'));
  };
  const endpoints = () =>
    sqlOf(site.world.deps.orm.em.fork())
      .selectFrom('webhook_endpoint')
      .select(['url', 'eventTypes', 'state'])
      .where('companyId', '=', Number(site.ids.number))
      .orderBy('id')
      .execute();
  const happens = async () => {
    const companyId = Number(site.ids.number);
    const event = { type: 'company.activated', subject: 'shop', companyId, snapshot: {} } as const;
    await inTransaction(site.world.deps, (tx) => appendEvents(tx, [event]));
  };

  it('says what to do while there is none', async () => {
    const { text } = await site.get('developer', '/company/webhooks');
    assert.match(text, /送信先はまだありません/);
    assert.match(text, /href="\/docs#webhooks"/);
  });

  it('refuses an address that is none, a choice of nothing, and of all and some, with what was typed', async () => {
    const path = '/company/webhooks/new';
    const typed = { url: 'http://shop.example/', which: 'all', description: '受注' };
    const plain = await site.send('developer', path, typed);
    assert.equal(plain.status, 400);
    assert.match(plain.text, /「https:\/\/」で始まるアドレス/);
    assert.match(plain.text, /value="受注"/);
    const inside = await site.send('developer', path, { ...typed, url: 'https://10.0.0.1/' });
    assert.match(inside.text, /インターネット上のアドレスを入力/);
    for (const url of ['https://93.184.215.14/', 'https://ショップ.example/']) {
      const bare = await site.send('developer', path, { ...typed, url });
      assert.match(bare.text, /ホスト名で入力/, url);
    }
    const none = await site.send('developer', path, { ...typed, url: receiver.url, which: 'some' });
    assert.equal(none.status, 422);
    assert.match(none.text, /1つ以上選ぶか/);
    const both = { ...typed, url: receiver.url, type_charge_captured: 'on' };
    assert.match((await site.send('developer', path, both)).text, /個別の選択を外してください/);
    assert.deepEqual(await endpoints(), []);
  });

  it('adds one with a secret that is shown once, and one for each page, however often it is sent', async () => {
    const { text } = await site.get('developer', '/company/webhooks/new');
    const typed = { url: receiver.url, which: 'some', type_company_activated: 'on', description: '受注' };
    const send = () =>
      site.send('developer', '/company/webhooks/new', { ...typed, newest: hidden(text, 'newest') });
    const replies = await Promise.all([send(), send()]);
    assert.deepEqual(new Set(replies.map((reply) => reply.status)), new Set([200, 409]));
    const [created, refused] = replies.toSorted((one, two) => one.status - two.status);
    assert.match(created!.text, SECRET);
    assert.match(refused!.text, /この画面の送信先は登録済みです/);
    assert.equal((await endpoints()).length, 1);
    at = `/company/webhooks/${/we_\w{26}/.exec(created!.text)![0]}`;
    const list = await site.get('owner', '/company/webhooks');
    assert.match(list.text, /受注/);
    assert.match(list.text, /company\.activated/);
    for (const path of ['/company/webhooks', at, `${at}/secret`])
      assert.doesNotMatch((await site.get('owner', path)).text, SECRET);
  });

  it('sends a test event, and shows what was answered', async () => {
    assert.equal((await site.send('developer', `${at}/test`)).location, at);
    assert.match((await site.get('developer', at)).text, /送信待ち/);
    receiver.answer(status(200, {}, 'thank <b>you</b>'));
    await deliver();
    assert.match(receiver.received.at(-1)!.body, /webhook-endpoint\.tested/);
    const { text } = await site.get('developer', at);
    assert.match(text, /受信済み[\s\S]*?HTTP 200/);
    assert.ok(text.includes('thank &lt;b&gt;you'), 'an answer is shown as text');
    const [, href] = new RegExp(`href="(${at}/deliveries/wd_\\w+)"`).exec(text)!;
    const one = await site.get('developer', href!);
    assert.match(one.text, /テスト/);
    assert.match(one.text, /HTTP 200/);
  });

  it('shows a failure with the next attempt, and names it on the first page once it lasts', async () => {
    receiver.answer(status(500, {}, 'out of order'));
    await happens();
    for (let pass = 0; pass < 3; pass += 1) {
      await deliver();
      site.world.clock.advance(6 * 60_000 + pass * 30 * 60_000);
    }
    const { text } = await site.get('developer', at);
    assert.match(text, /から失敗が続いています/);
    assert.match(text, /company\.activated[\s\S]*?HTTP 500[\s\S]*?out of order/);
    const first = await site.get('owner', '/company');
    assert.match(first.text, /Webhookの送信が失敗し続けています/);
    assert.ok(first.text.includes(at));
    assert.doesNotMatch((await site.get('support', '/company')).text, /Webhookの送信/);
    const waiting = await site.get('owner', `${at}/deliveries?state=pending`);
    assert.match(waiting.text, /company\.activated/);
    assert.doesNotMatch(waiting.text, /テスト/);
  });

  it('changes the settings, not over what somebody else has changed meanwhile', async () => {
    const seen = hidden((await site.get('owner', `${at}/edit`)).text, 'seen');
    const typed = { seen, url: receiver.url, which: 'all', type_company_activated: 'on' };
    assert.equal((await site.send('owner', `${at}/edit`, typed)).location, at);
    assert.deepEqual(await endpoints(), [{ url: receiver.url, eventTypes: null, state: 'enabled' }]);
    const late = await site.send('developer', `${at}/edit`, { ...typed, url: 'https://video.example/' });
    assert.equal(late.status, 409);
    assert.equal((await endpoints())[0]?.url, receiver.url);
  });

  it('is switched off and on again, and sends again what it missed', async () => {
    assert.equal((await site.send('owner', `${at}/disable`)).location, at);
    assert.match((await site.get('owner', at)).text, /に無効にしました/);
    assert.equal((await site.send('owner', `${at}/test`)).status, 409);
    await happens();
    await publishEvents(site.world.deps, job('publish-events'));
    receiver.answer(status(204));
    assert.equal((await site.send('owner', `${at}/enable`)).location, at);
    const neither = await site.send('owner', `${at}/replay`, { missed: 'on' });
    assert.match(neither.text, /イベントの識別子か、いつから/);
    const unknown = { event: 'evt_01JV5Q8Z3M7N2X4K6T9W1B0C5D' };
    const none = await site.send('owner', `${at}/replay`, unknown);
    assert.equal(none.status, 422);
    assert.match(none.text, /このイベントは見つかりません/);
    const later = await site.send('owner', `${at}/replay`, { date: '2099-1-1' });
    assert.match(later.text, /いまより前の日時/);
    const old = await site.send('owner', `${at}/replay`, { date: '2026/1/1' });
    assert.match(old.text, /30日以内の日時/);
    const before = receiver.received.length;
    const since = { date: '2026/5/1', time: '９時30分', missed: 'on' };
    assert.equal((await site.send('owner', `${at}/replay`, since)).location, at);
    await deliver();
    assert.equal(receiver.received.length, before + 2, 'the one that failed, and the one while it was off');
    assert.match((await site.get('owner', at)).text, /cell-note">再送<[\s\S]*?受信済み/);
  });

  it('replaces the secret once for each page, and says until when both sign', async () => {
    const until = hidden((await site.get('owner', `${at}/secret`)).text, 'until');
    const send = () => site.send('owner', `${at}/secret`, { overlap: '24', until });
    const replies = await Promise.all([send(), send()]);
    assert.deepEqual(new Set(replies.map((reply) => reply.status)), new Set([200, 409]));
    assert.match(replies.find((reply) => reply.status === 200)!.text, SECRET);
    assert.match((await site.get('owner', at)).text, /前のシークレットでも、[^。]*まで署名します/);
    assert.match((await site.get('owner', `${at}/secret`)).text, /もう一度更新すると/);
  });

  it('shows nothing of another company, and nothing to other roles', async () => {
    const theirs = `/company/webhooks/${site.ids['other-webhook']}`;
    for (const path of ['', '/deliveries', '/edit', '/replay', '/secret', '/delete'])
      assert.equal((await site.get('owner', theirs + path)).status, 404, path);
    for (const path of ['/test', '/delete', '/secret'])
      assert.equal((await site.send('owner', theirs + path, { overlap: '0' })).status, 404, path);
    for (const path of ['/company/webhooks', '/company/webhooks/new', at])
      assert.equal((await site.get('finance', path)).status, 403, path);
    assert.equal((await site.send('support', `${at}/test`)).status, 403);
  });

  it('deletes one after a question', async () => {
    assert.match((await site.get('owner', `${at}/delete`, 'en')).text, /Delete this endpoint\?/);
    assert.equal((await site.send('owner', `${at}/delete`)).location, '/company/webhooks');
    assert.equal((await site.get('owner', at)).status, 404);
    assert.match((await site.get('owner', '/company/webhooks')).text, /送信先はまだありません/);
  });
});
