import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { sqlOf } from '../../../src/database/sql.ts';
import { readPages } from '../../templates/statement/read-pdf.ts';
import { formToken, type PageClient } from '../../support/page-client.ts';
import { openMySite, type MySite, type Person } from './my-site.ts';

const NAME = '<b>太郎</b>';
let site: MySite;
let holder: Person;
let child: Person;
let stranger: Person;
let clients: Map<Person, PageClient>;

before(async () => {
  site = await openMySite();
  [holder, child] = (await site.newLine(['花子', NAME])) as [Person, Person];
  [stranger] = (await site.newLine(['他人'])) as [Person];
  clients = new Map();
  for (const person of [holder, child, stranger]) clients.set(person, await site.signIn(person));
});
after(() => site.close());
beforeEach(() => connect(true));

/** Says of all sessions whether they are on the line, or began elsewhere with a code by mail. */
async function connect(isOnLine: boolean): Promise<void> {
  const byMailCode = sql.raw(String(!isOnLine));
  await sql`UPDATE session SET content = JSON_SET(content, '$.byMailCode', ${byMailCode}, '$.lineProof.address', ${isOnLine ? '127.0.0.1' : '0.0.0.0'})`.execute(
    sqlOf(site.world.deps.orm.em.fork()),
  );
}

const open = (person: Person, path: string) => clients.get(person)!.get(`${site.origin}${path}`);

/** Opens a page and posts to an address with the token of its form. */
async function send(
  person: Person,
  { page, to = page, fields = {} }: { page: string; to?: string; fields?: Record<string, string> },
) {
  const client = clients.get(person)!;
  const { text } = await client.get(`${site.origin}${page}`);
  const [, issueKey = ''] = /name="issueKey" value="([^"]+)"/.exec(text) ?? [];
  return client.post(`${site.origin}${to}`, { form_token: formToken(text), issueKey, ...fields });
}

const limit = '/my/limits/change/line/monthly-limit';
const ofChild = () => child.buyer.subscriberId;

describe('the page of a limit', () => {
  it('takes amounts as people type them, and says before what changes and from when', async () => {
    const typed = encodeURIComponent('５，０００円');
    const { status, text } = await open(holder, `${limit}?amount=${typed}`);
    assert.equal(status, 200);
    for (const shown of [
      'この内容で変更しますか',
      '5,000円',
      '変更するとすぐに',
      'name="amount" value="5000"',
    ])
      assert.ok(text.includes(shown), shown);
  });

  it('lowers at once, raises from tomorrow, and takes the raise back', async () => {
    const lowered = await send(holder, {
      page: `${limit}?amount=4000`,
      to: limit,
      fields: { amount: '4000' },
    });
    assert.deepEqual([lowered.status, lowered.location], [303, '/my/limits']);
    assert.match((await open(holder, '/my/limits')).text, /変更しました。すでに有効です。/);
    const preview = await open(holder, `${limit}?amount=6000`);
    assert.match(preview.text, /増やす変更のため翌日から/);
    await send(holder, { page: `${limit}?amount=6000`, to: limit, fields: { amount: '6000' } });
    const shown = await open(holder, '/my/limits');
    assert.match(shown.text, /明日から有効になります/);
    const undo = /\/my\/limits\/undo\/\d+/.exec(shown.text)?.[0];
    assert.ok(undo, 'the raise can be undone');
    const undone = await send(holder, { page: '/my/limits', to: undo });
    assert.equal(undone.status, 303);
    const after = (await open(holder, '/my/limits')).text;
    assert.match(after, /変更を取りやめました/);
    assert.doesNotMatch(after, /\/my\/limits\/undo\//);
  });

  for (const typed of ['たくさん', '-1', '1.5', '']) {
    it(`refuses "${typed}" with the field and what was typed`, async () => {
      const { status, text } = await open(holder, `${limit}?amount=${encodeURIComponent(typed)}`);
      assert.equal(status, typed === '' ? 200 : 422);
      if (typed !== '') assert.ok(text.includes('error-summary') && text.includes(`value="${typed}"`));
    });
  }

  it('elsewhere than on the line says that more cannot be permitted, and refuses it', async () => {
    await connect(false);
    const { text } = await open(holder, `${limit}?amount=9999`);
    assert.match(text, /ご契約回線に接続して行います/);
    const sent = await send(holder, { page: '/my/limits', to: limit, fields: { amount: '9999' } });
    assert.equal(sent.status, 403);
    const lowered = await send(holder, {
      page: `${limit}?amount=3999`,
      to: limit,
      fields: { amount: '3999' },
    });
    assert.equal(lowered.status, 303);
  });

  it('is refused to a person who is not the holder, except for their own ID', async () => {
    assert.equal((await open(child, limit)).status, 403);
    const own = `/my/limits/change/${ofChild()}/charge-limit`;
    const set = await send(child, { page: `${own}?amount=300`, to: own, fields: { amount: '300' } });
    assert.equal(set.status, 303);
    const raised = await send(child, { page: own, to: own, fields: { amount: '301' } });
    assert.equal(raised.status, 403);
  });
});

describe('the pages of blocks and lists', () => {
  it('find a seller, say what continues, and block it', async () => {
    const found = await open(holder, `/my/limits/find/line/block?text=${encodeURIComponent('ほしぞら')}`);
    const rule = `/my/limits/rules/line/block/${site.seller.companyId}/all/on`;
    assert.ok(found.text.includes(`href="${rule}"`), 'the company is found');
    const asked = await open(holder, rule);
    assert.match(asked.text, /同意は残りますが、止めている間は課金されません/);
    assert.match(asked.text, /\/my\/consents\/cs_/);
    assert.equal((await send(holder, { page: rule })).status, 303);
    const off = rule.replace(/on$/, 'off');
    assert.ok((await open(holder, '/my/limits')).text.includes(off));
    assert.match((await open(holder, off)).text, /増やす変更のため翌日から/);
  });

  it('restrict a child to a list, which says so to both', async () => {
    const address = `/my/limits/people/${ofChild()}/only-listed/on`;
    assert.match((await open(holder, address)).text, /一覧が空のため/);
    assert.equal((await send(holder, { page: address })).status, 303);
    for (const person of [holder, child])
      assert.match(
        (await open(person, `/my/limits/people/${ofChild()}`)).text,
        /このIDでは何も購入できません/,
      );
  });

  it('keep amounts and the mail at every purchase', async () => {
    const page = '/my/limits/notices';
    const fields = { amount1: '３，０００', amount2: '', amount3: '1,000円', every: 'on' };
    assert.equal((await send(holder, { page, fields })).status, 303);
    assert.match((await open(holder, '/my/limits')).text, /1,000円、3,000円/);
    const refused = await send(holder, { page, fields: { amount1: 'x' } });
    assert.equal(refused.status, 422);
    assert.equal((await open(child, page)).status, 403);
  });
});

describe('the pages of issued IDs', () => {
  it('issue one, show its password once, rename, reset and end it', async () => {
    const issued = await send(holder, { page: '/my/people/new', fields: { displayName: '　次郎 ' } });
    assert.equal(issued.status, 200);
    assert.match(issued.text, /[a-z2-9]{4}(-[a-z2-9]{4}){3}/);
    assert.equal(issued.headers.get('cache-control'), 'no-store');
    const [, id = ''] = /\/my\/limits\/people\/(\d+)/.exec(issued.text) ?? [];
    const list = await open(holder, '/my/people');
    assert.ok(list.text.includes('次郎') && list.text.includes('仮パスワード'));
    const page = `/my/people/${id}`;
    const renamed = await send(holder, { page, to: `${page}/name`, fields: { displayName: 'じろう' } });
    assert.equal(renamed.location, page);
    assert.match((await open(holder, page)).text, /じろう/);
    assert.match((await send(holder, { page: `${page}/password` })).text, /[a-z2-9]{4}(-[a-z2-9]{4}){3}/);
    await connect(false);
    assert.equal((await send(holder, { page: `${page}/end` })).location, '/my/people');
    assert.equal((await open(holder, page)).status, 404);
  });

  it('issue one ID from a page that is posted twice, at once and after going back, and hand over its letter', async () => {
    const client = clients.get(holder)!;
    const address = `${site.origin}/my/people/new`;
    const { text } = await client.get(address);
    const issueKey = /name="issueKey" value="([^"]+)"/.exec(text)![1]!;
    const post = () => client.post(address, { form_token: formToken(text), issueKey, displayName: '三郎' });
    const replies = (await Promise.all([post(), post()])).sort((one, other) => one.status - other.status);
    assert.deepEqual(
      [...replies, await post()].map(({ status }) => status),
      [200, 409, 409],
    );
    assert.ok(replies[1].text.includes('この画面からは発行済みです'));
    assert.notEqual(/name="issueKey" value="([^"]+)"/.exec(replies[1].text)![1], issueKey);
    assert.equal((await open(holder, '/my/people')).text.split('三郎').length - 1, 1);
    const [, pdf = ''] = /href="data:application\/pdf;base64,([^"]+)" download/.exec(replies[0].text) ?? [];
    const [page = ''] = await readPages(Buffer.from(pdf, 'base64'));
    const password = /[a-z2-9]{4}(-[a-z2-9]{4}){3}/.exec(replies[0].text)![0];
    assert.ok(page.includes(password) && page.includes('三郎'), page);
  });

  it('refuse a blank name with the field', async () => {
    const { status, text } = await send(holder, { page: '/my/people/new', fields: { displayName: ' ' } });
    assert.equal(status, 422);
    assert.match(text, /displayName-error/);
  });
});

const addresses = () => [
  `/my/limits/people/${ofChild()}`,
  `/my/limits/change/${ofChild()}/charge-limit`,
  `/my/limits/find/${ofChild()}/block`,
  `/my/limits/people/${ofChild()}/only-listed/on`,
  `/my/limits/rules/${ofChild()}/block/${site.seller.companyId}/all/on`,
  `/my/people/${ofChild()}`,
  `/my/people/${ofChild()}/end`,
];

describe('every page of limits and IDs', () => {
  it('knows nobody of another line', async () => {
    for (const path of addresses()) assert.equal((await open(stranger, path)).status, 404, path);
    for (const to of [`/my/people/${ofChild()}/end`, `/my/limits/people/${ofChild()}/only-listed/off`]) {
      assert.equal((await send(stranger, { page: '/my/people/new', to })).status, 404, to);
    }
  });

  it('is there in both languages, and writes names as text', async () => {
    for (const path of ['/my/limits', '/my/people', '/my/limits/notices', ...addresses()]) {
      for (const language of ['ja', 'en']) {
        const mark = path.includes('?') ? '&' : '?';
        const { status, text } = await open(holder, `${path}${mark}lang=${language}`);
        assert.equal(status, 200, path);
        assert.ok(!text.includes(NAME), path);
      }
    }
  });

  it('writes nothing without the token of its form', async () => {
    const client = clients.get(holder)!;
    const { status } = await client.post(`${site.origin}/my/people/${ofChild()}/end`, {});
    assert.equal(status, 403);
    assert.equal((await open(holder, `/my/people/${ofChild()}`)).status, 200);
  });

  it('does not exist at addresses that name nothing', async () => {
    for (const path of [
      '/my/limits/change/line/other',
      '/my/limits/change/x/monthly-limit',
      '/my/limits/rules/line/block/999999/all/on',
      '/my/people/0',
    ])
      assert.equal((await open(holder, path)).status, 404, path);
  });
});
