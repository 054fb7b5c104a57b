import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { getLineOverview } from '../../src/limits/line-overview.queries.ts';
import { countReveals } from '../../src/personal-data/personal-data.queries.ts';
import { revealPersonalData } from '../../src/personal-data/reveal-personal-data.ts';
import { makeLine } from '../support/factories.ts';
import { person } from '../support/people.ts';
import { createWorld, type World } from '../support/world.ts';
import { HOLDER } from '../portal/support/support-world.ts';

const agent = person('acct-1', 'agent');
const other = person('acct-2', 'agent');

describe('asking to see personal data', () => {
  let world: World;
  before(async () => void (world = await createWorld()));
  after(() => world.close());

  const newLine = async () => {
    const line = await makeLine(world.deps, { holder: { ...HOLDER, telephone: null } });
    return { lineId: line.lineId, holderFrom: line.holderFrom };
  };
  const nameFor = async (actor: typeof agent, lineId: string) =>
    (await getLineOverview(world.deps, actor, lineId)).tenures[0]!.holder;
  const rowsOf = (lineId: string) =>
    sqlOf(world.deps.orm.em.fork())
      .selectFrom('personal_data_reveal')
      .selectAll()
      .where('lineId', '=', lineId)
      .execute();

  it('shows it to who asked, to nobody else, for half an hour', async () => {
    const tenure = await newLine();
    assert.equal(await nameFor(agent, tenure.lineId), '東＊＊＊ 花＊＊＊');
    await revealPersonalData(world.deps, agent, { ...tenure, reason: 'caller' });
    assert.equal(await nameFor(agent, tenure.lineId), HOLDER.holder);
    assert.equal(await nameFor(other, tenure.lineId), '東＊＊＊ 花＊＊＊');
    world.clock.advance(30 * 60_000);
    assert.equal(await nameFor(agent, tenure.lineId), '東＊＊＊ 花＊＊＊');
  });

  it('leaves a row and an audit row with the reason, and no more while it lasts', async () => {
    const tenure = await newLine();
    await revealPersonalData(world.deps, agent, { ...tenure, reason: 'case' });
    await revealPersonalData(world.deps, agent, { ...tenure, reason: 'caller' });
    const rows = await rowsOf(tenure.lineId);
    assert.deepEqual(
      rows.map(({ actor, reason }) => [actor, reason]),
      [['staff:acct-1', 'case']],
    );
    const audits = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('audit_entry')
      .select(['actor', 'action', 'facts'])
      .where('subject', '=', `line:${tenure.lineId}`)
      .where('action', '=', 'personal-data.reveal')
      .execute();
    assert.equal(audits.length, 1);
    assert.ok(!JSON.stringify(audits).includes('花子'));
  });

  it('wants words for any other reason, and a tenure that is there', async () => {
    const tenure = await newLine();
    const ask = (over: object) =>
      revealPersonalData(world.deps, agent, { ...tenure, reason: 'other', ...over });
    await assert.rejects(ask({}), { code: 'invalid-request' });
    await assert.rejects(ask({ note: '  ' }), { code: 'invalid-request' });
    await assert.rejects(ask({ holderFrom: '2026-02-01', note: 'x' }), { code: 'line-not-found' });
    assert.deepEqual(await rowsOf(tenure.lineId), []);
    await ask({ note: '警察からの照会' });
    assert.equal((await rowsOf(tenure.lineId)).length, 1);
  });

  it('keeps its rows as they are, whatever is tried', async () => {
    const tenure = await newLine();
    await revealPersonalData(world.deps, agent, { ...tenure, reason: 'letter' });
    await assert.rejects(
      sqlOf(world.deps.orm.em.fork()).updateTable('personal_data_reveal').set({ reason: 'case' }).execute(),
      /personal_data_reveal_stays/,
    );
  });

  it('counts who looked at how many, for leads', async () => {
    const from = world.clock.now();
    for (let count = 0; count < 2; count += 1)
      await revealPersonalData(world.deps, other, { ...(await newLine()), reason: 'caller' });
    world.clock.advance(1_000);
    const span = { from, to: world.clock.now() };
    const { counts } = await countReveals(world.deps, person('acct-3', 'lead'), span);
    assert.deepEqual(counts.find(({ actor }) => actor === 'staff:acct-2')?.tenures, 2);
    await assert.rejects(countReveals(world.deps, agent, span), { code: 'permission-denied' });
  });
});
