import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sqlOf } from '../../../src/database/sql.ts';
import { endSubscriber } from '../../../src/identity/end-subscriber.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { runNight } from '../../purchases/household.ts';
import { staff } from '../../support/actors.ts';
import { PASSWORD, ScriptedLineCheck } from '../../support/checkout-site.ts';
import { assertSoundPage } from '../../support/html-check.ts';
import { readMailsOf } from '../../support/mailbox.ts';
import { formToken, PageClient } from '../../support/page-client.ts';
import { openContactSite, type ContactSite } from './contact-site.ts';
import type { Person } from './my-site.ts';

const NEXT = '2026-05-16';
const at = (date: string) => new Date(`${date}T09:00:00+09:00`);
const OLD_MAIL = 'hanako@holder.example';
const NEW_MAIL = 'haruko@holder.example';

/** What each of them bought, by words that no page of the other may have. */
const BOUGHT = { hanako: '花子の本', taro: '太郎のゲーム', haruko: '春子の歌' } as const;
const MONTHLY = { taro: '太郎の動画', haruko: '春子の動画' } as const;

function assertSees(text: string, own: readonly string[], others: readonly string[]): void {
  for (const part of own) assert.ok(text.includes(part), `${part} is shown`);
  for (const part of others) assert.ok(!text.includes(part), `${part} is not shown`);
}

describe('who held a line that has gone to another holder', () => {
  const lineCheck = new ScriptedLineCheck();
  let site: ContactSite;
  let hanako: Person;
  let taro: Person;
  let haruko: Person;
  const charges: Record<keyof typeof BOUGHT, string> = { hanako: '', taro: '', haruko: '' };
  const subscriptions: Record<keyof typeof MONTHLY, string> = { taro: '', haruko: '' };

  before(async () => {
    site = await openContactSite(lineCheck);
    [hanako, taro] = (await site.newLine(['花子', '太郎'])) as [Person, Person];
    charges.hanako = await site.use(hanako, 1_000n, { description: BOUGHT.hanako });
    charges.taro = await site.use(taro, 200n, { description: BOUGHT.taro });
    subscriptions.taro = await site.subscribe(taro, { description: MONTHLY.taro, itemCode: 'of-taro' });
    site.world.clock.set(at(NEXT));
    await giveLine(hanako.buyer.lineId);
  });
  after(() => site.close());
  beforeEach(() => void (lineCheck.outcome = { kind: 'accepted', server: '127.0.0.1:1812' }));

  const url = (path: string) => `${site.origin}${path}`;
  const sql = () => sqlOf(site.world.deps.orm.em.fork());

  /** As an import of the line master does: nobody has an ID of the new tenure yet. */
  async function giveLine(lineId: string): Promise<void> {
    const now = site.world.clock.now();
    await sql().updateTable('line_holder').set({ validTo: NEXT }).where('lineId', '=', lineId).execute();
    const tenure = { lineId, validFrom: NEXT, validTo: null, holder: '南北 春子', email: NEW_MAIL };
    await sql()
      .insertInto('line_holder')
      .values({ ...tenure, birthDate: null, updatedAt: now })
      .execute();
  }

  const post = async (client: PageClient, page: string, fields: Record<string, string>, to = page) => {
    const { text } = await client.get(url(page));
    return client.post(url(to), { form_token: formToken(text), ...fields });
  };
  const typePassword = (client: PageClient, { issuedId }: Person, password = PASSWORD) =>
    post(client, '/my/sign-in', { issuedId, password });
  /** With the password and the code that is mailed. */
  async function signInWithCode(person: Person): Promise<PageClient> {
    const client = new PageClient();
    assert.equal((await typePassword(client, person)).location, '/my/code?next=%2Fmy');
    await post(client, '/my/code', {}, '/my/code/send');
    const mail = (await readMailsOf(site.world.deps, 'sign-in-code')).at(-1)!;
    assert.equal(mail.toAddress, person === haruko ? NEW_MAIL : OLD_MAIL);
    assert.equal((await post(client, '/my/code', { code: mail.facts.code })).location, '/my');
    return client;
  }

  it('proves nothing by the line: a code goes to the address of the former holder, also before the next has an ID', async () => {
    const client = new PageClient();
    assert.equal((await typePassword(client, hanako)).location, '/my/code?next=%2Fmy');
    assert.equal((await client.get(url('/my'))).status, 303);
    const page = await client.get(url('/my/code'));
    assertSoundPage(page.text, 'ja');
    assert.ok(page.text.includes('ほかの方のご契約になりました'));
    assert.ok(page.text.includes('2026年11月15日'));
    const { text } = await (await signInWithCode(hanako)).get(url('/my'));
    assertSoundPage(text, 'ja');
    for (const part of ['2026年5月15日', '2026年11月15日', BOUGHT.hanako, BOUGHT.taro])
      assert.ok(text.includes(part), part);
    assert.ok(!text.includes('今月のご利用状況'));
  });

  it('reads on when the next holder gets the first ID, and each sees theirs on every page and in every file', async () => {
    const session = await signInWithCode(hanako);
    haruko = await site.addPerson({ lineId: hanako.buyer.lineId, holderFrom: NEXT }, '春子');
    charges.haruko = await site.use(haruko, 40n, { description: BOUGHT.haruko });
    subscriptions.haruko = await site.subscribe(haruko, {
      description: MONTHLY.haruko,
      itemCode: 'of-haruko',
    });
    assert.ok((await session.get(url('/my'))).text.includes(BOUGHT.taro));
    site.world.clock.set(at('2026-06-01'));
    await runNight(site.world.deps, '2026-05-31');

    const ofTaro = [BOUGHT.taro, MONTHLY.taro];
    const ofHanako = [BOUGHT.hanako, ...ofTaro];
    const ofHaruko = [BOUGHT.haruko, MONTHLY.haruko, '春子', NEW_MAIL];
    const [old, child, next] = [
      await signInWithCode(hanako),
      await signInWithCode(taro),
      await site.signIn(haruko),
    ];
    assertSees(await everything(old), ofHanako, ofHaruko);
    assertSees(await everything(child), ofTaro, [BOUGHT.hanako, '花子', ...ofHaruko]);
    assertSees(await everything(next), ofHaruko.slice(0, 3), [...ofHanako, '花子', '太郎', OLD_MAIL]);

    const pdfs = await Promise.all([old, child, next].map((one) => one.get(url('/my/invoices/2026-05/pdf'))));
    assert.deepEqual(
      pdfs.map(({ status, headers }) => [
        status,
        /invoice-[\d-]+/.exec(headers.get('content-disposition') ?? '')?.[0],
      ]),
      [
        [200, 'invoice-202605-31-0000001'],
        [403, undefined],
        [200, 'invoice-202605-31-0000002'],
      ],
    );
    for (const [path, own] of [
      [`/my/purchases/${publicId('charge', charges.haruko)}`, [404, 404, 200]],
      [`/my/purchases/${publicId('charge', charges.haruko)}/receipt`, [404, 404, 200]],
      [`/my/subscriptions/${publicId('subscription', subscriptions.haruko)}`, [404, 404, 200]],
      [`/my/purchases/${publicId('charge', charges.taro)}`, [200, 200, 404]],
      [`/my/purchases/${publicId('charge', charges.taro)}/receipt`, [200, 200, 404]],
      [`/my/subscriptions/${publicId('subscription', subscriptions.taro)}`, [200, 200, 404]],
      [`/my/purchases/${publicId('charge', charges.hanako)}/receipt`, [200, 404, 404]],
    ] as const) {
      const replies = await Promise.all([old, child, next].map((one) => one.get(url(path))));
      assert.deepEqual(
        replies.map(({ status }) => status),
        own,
        path,
      );
    }
  });

  /** The text of every page and of the file of items that a browser reaches by links from the first page. */
  async function everything(client: PageClient): Promise<string> {
    const seen = new Map<string, string>();
    const waiting = ['/my', '/my/invoices/2026-05/csv'];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (seen.has(path) || seen.size > 200) continue;
      const { status, text, headers } = await client.get(url(path));
      assert.equal(status, 200, `${path} is a link that opens`);
      const isPdf = headers.get('content-type') === 'application/pdf';
      seen.set(path, isPdf ? '' : text);
      const links = [...text.matchAll(/href="(\/my[^"#]*)"/g)].map(([, href]) =>
        href!.replaceAll('&amp;', '&'),
      );
      if (!isPdf) waiting.push(...links.filter((href) => !href.includes('lang=')));
    }
    return [...seen.values()].join('\n');
  }

  it('cannot buy: the checkout refuses the ID in the words for every other refusal', async () => {
    const { url: checkout } = await site.newCharge();
    const client = new PageClient();
    const fields = { issued_id: hanako.issuedId, password: PASSWORD };
    const reply = await client.submit(checkout, 'sign-in', fields);
    assert.equal(reply.status, 401);
    assert.ok(reply.text.includes('発行IDまたはパスワードが違います'));
  });

  it('is refused a wrong password as everybody is, and is counted', async () => {
    const reply = await typePassword(new PageClient(), hanako, 'wrong-horse');
    assert.equal(reply.status, 401);
    assert.match(reply.text, /あと\d回/);
  });

  it('without an address in the line master turns to the support centre', async () => {
    const tenure = sql().updateTable('line_holder').where('lineId', '=', hanako.buyer.lineId);
    await tenure.set({ email: null }).where('validTo', 'is not', null).execute();
    const client = new PageClient();
    await typePassword(client, hanako);
    const { text } = await client.get(url('/my/code'));
    assert.ok(text.includes(site.world.config.carrier.contact));
    assert.ok(text.includes('認証コードをお送りできません'));
    const { status } = await client.post(url('/my/code/send'), { form_token: formToken(text) });
    assert.ok(status >= 400);
    await tenure.set({ email: OLD_MAIL }).where('validTo', 'is not', null).execute();
  });

  it('reads until the last day of the window, and is refused after it as an unknown ID', async () => {
    site.world.clock.set(at('2026-11-15'));
    const client = await signInWithCode(hanako);
    assert.equal((await client.get(url('/my'))).status, 200);
    site.world.clock.set(new Date('2026-11-15T23:59:00+09:00'));
    const last = await signInWithCode(hanako);
    site.world.clock.set(new Date('2026-11-16T00:01:00+09:00'));
    assert.equal((await last.get(url('/my'))).status, 303);
    assert.equal((await typePassword(new PageClient(), hanako)).status, 401);
  });

  it('reads nothing once the support centre has ended the ID too', async () => {
    site.world.clock.set(at('2026-06-02'));
    const client = await signInWithCode(taro);
    await endSubscriber(site.world.deps, staff(), { issuedId: taro.issuedId });
    assert.equal((await client.get(url('/my'))).status, 303);
    assert.equal((await typePassword(new PageClient(), taro)).status, 401);
    const ended = await sql()
      .selectFrom('subscriber')
      .select(['state', 'leftAs'])
      .where('id', '=', taro.buyer.subscriberId)
      .executeTakeFirst();
    assert.deepEqual(ended, { state: 'ended', leftAs: null });
  });

  it('keeps the part on the line only of an ID that has ended', async () => {
    const change = sql().updateTable('subscriber').set({ leftAs: 'holder' });
    await assert.rejects(change.where('id', '=', haruko.buyer.subscriberId).execute(), /subscriber_left_as/);
  });
});
