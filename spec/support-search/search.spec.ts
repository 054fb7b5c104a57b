import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { countReveals } from '../../src/personal-data/personal-data.queries.ts';
import { search } from '../../src/support-search/search.ts';
import { fillSupportWorld, HOLDER, type SupportIds } from '../portal/support/support-world.ts';
import { makeLine } from '../support/factories.ts';
import { person } from '../support/people.ts';
import { createWorld, type World } from '../support/world.ts';

const agent = person('acct-1', 'agent');

const holder = (name: string, validTo: string | null) => ({ holder: name, holderKana: null, validTo });

describe('the search of the support desk', () => {
  let world: World;
  let ids: SupportIds;
  before(async () => {
    world = await createWorld();
    ids = await fillSupportWorld(world.deps, world.clock);
  });
  after(() => world.close());

  const chargesBy = async (text: string) =>
    (await search(world.deps, agent, text)).charges.map(({ id }) => `ch_${id}`);
  const linesBy = async (text: string) =>
    (await search(world.deps, agent, text)).tenures.map(({ lineId }) => lineId);

  for (const typed of [
    'トウザイ ハナコ',
    'とうざい',
    'ﾄｳｻﾞｲﾊﾅｺ',
    'トウザイ　ハナ',
    '東西',
    '東西　花子',
    '東西花子',
    '03-1234-9876',
    'HANAKO.tozai@example.JP',
    'hanako.tozai@example.jp',
  ])
    it(`finds the line by ${typed}`, async () => assert.deepEqual(await linesBy(typed), [ids.line]));

  it('finds the line by its ID, the beginning of it, and an issued ID on it', async () => {
    assert.deepEqual(await linesBy(ids.line), [ids.line]);
    assert.ok((await linesBy(ids.line.slice(0, -2))).includes(ids.line));
    assert.deepEqual(await linesBy(ids['issued-id']), [ids['other-line']]);
  });

  it('finds nobody by the beginning of a telephone number or mail address, which could be guessed', async () => {
    for (const typed of ['031234', '03-1234-987', 'hanako.tozai@', 'h@'])
      assert.deepEqual(await linesBy(typed), []);
  });

  it('looks up nothing that the person may not read', async () => {
    const administrator = person('acct-8', 'administrator');
    for (const text of ['550 2026-04', ids.charge, ids.case, ids.invoice]) {
      const found = await search(world.deps, administrator, text);
      assert.deepEqual([found.charges, found.cases, found.invoices], [[], [], []]);
    }
    assert.equal((await search(world.deps, administrator, '東西')).tenures.length, 1);
  });

  it('finds no line by the end of a name, or by marks of a pattern', async () => {
    for (const typed of ['花子', '%ウザイ', '東西_', '東西%']) assert.deepEqual(await linesBy(typed), []);
  });

  it('masks names for who reads them only after asking', async () => {
    const { tenures } = await search(world.deps, agent, '東西');
    assert.ok(!JSON.stringify(tenures).includes(HOLDER.holder.slice(1)));
  });

  it('finds a purchase by its number, and by amount and day, month or billing month', async () => {
    assert.deepEqual(await chargesBy(ids.charge), [ids.charge]);
    assert.deepEqual(await chargesBy('550 2026-04-10'), [ids.charge]);
    assert.deepEqual(await chargesBy('4月 550円'), [ids.charge]);
    assert.deepEqual(await chargesBy('550 2026-04-11'), []);
    assert.deepEqual(await chargesBy('551 2026-04'), []);
  });

  it('finds subscription, consent, invoice and case by their numbers, and a company by its name', async () => {
    const one = async (text: string) => {
      const found = await search(world.deps, agent, text);
      return [
        ...found.subscriptions.map(({ id }) => `sb_${id}`),
        ...found.consents.map(({ id }) => `cs_${id}`),
        ...found.invoices.map(({ number }) => number),
        ...found.cases.map(({ number }) => number),
        ...found.companies.map(({ code }) => code),
      ];
    };
    for (const kind of ['subscription', 'consent', 'invoice', 'case', 'company'])
      assert.deepEqual(await one(ids[kind]!), [ids[kind]!]);
    assert.deepEqual(
      (await search(world.deps, agent, '1050 2026-04')).invoices.map(({ number }) => number),
      [ids.invoice],
    );
  });

  it("shows today's holder before a former one, and says when there are more than twenty", async () => {
    const former = await makeLine(world.deps, { holder: holder('佐藤 一', '2026-03-01') });
    const today = await makeLine(world.deps, { holder: holder('佐藤 二', null) });
    assert.deepEqual(await linesBy('佐藤'), [today.lineId, former.lineId]);
    for (let count = 0; count < 19; count += 1)
      await makeLine(world.deps, { holder: holder(`佐藤 三${count}`, null) });
    const { tenures, more } = await search(world.deps, agent, '佐藤');
    assert.equal(tenures.length, 20);
    assert.deepEqual(more, ['tenures']);
  });

  it('leaves a row for each search for people, of which the words are not kept', async () => {
    const by = person('acct-7', 'agent');
    for (const text of ['東西 花子', 'NOBODY', '03-1234-9876', 'hanako.tozai@example.jp'])
      await search(world.deps, by, text);
    for (const text of [ids.line, ids.charge, '550 2026-04', ids['issued-id']])
      await search(world.deps, by, text);
    const rows = sqlOf(world.deps.orm.em.fork());
    const left = await rows
      .selectFrom('person_search')
      .selectAll()
      .where('actor', '=', 'staff:acct-7')
      .orderBy('id')
      .execute();
    assert.deepEqual(
      left.map(({ kind, foundCount }) => [kind, foundCount]),
      [
        ['name', 1],
        ['name', 0],
        ['telephone', 1],
        ['email', 1],
      ],
    );
    assert.doesNotMatch(JSON.stringify(left), /東西|9876|hanako|nobody/i);
    await assert.rejects(
      rows.updateTable('person_search').set({ foundCount: 0 }).execute(),
      /person_search_stays/,
    );
    const lead = person('acct-3', 'lead');
    const span = { from: new Date(0), to: new Date(world.clock.now().getTime() + 1) };
    const { counts } = await countReveals(world.deps, lead, span);
    assert.equal(counts.find(({ actor }) => actor === 'staff:acct-7')?.searches, 4);
  });

  it('is for the people of the desk', async () => {
    await assert.rejects(search(world.deps, person('acct-9', 'billing'), '東西'), {
      code: 'permission-denied',
    });
  });
});
