import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addCaseNote } from '../../src/cases/add-case-note.ts';
import { openCase } from '../../src/cases/open-case.ts';
import { getTeamReport } from '../../src/support-team/team-figures.queries.ts';
import { staff } from '../support/actors.ts';
import { makeSale } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';

const HOUR_MS = 3_600_000;
const span = { from: '2026-05-10', through: '2026-05-14' };
const lead = staff('ken', 'lead');

describe('the figures of the support centre', () => {
  let world: World;
  before(async () => {
    world = await createWorld();
    const sale = await makeSale(world.deps);
    const about = { tenure: { lineId: sale.line.lineId, holderFrom: sale.buyer.holderFrom } };
    const openedAt = new Date('2026-05-11T00:00:00.000Z');
    // Ten cases of one person, answered after 1 to 10 hours; one of another, answered late; one that nobody answers.
    const answers = [
      ...Array.from({ length: 10 }, (_, at) => ['aoi', at + 1] as const),
      ['mei', 60] as const,
    ];
    for (const [name, hours] of answers) {
      const agent = staff(name, 'agent');
      world.clock.set(openedAt);
      const call = { kind: 'other', about, text: '電話。', isTaken: true } as const;
      const { number } = await openCase(world.deps, agent, call);
      world.clock.set(new Date(openedAt.getTime() + hours * HOUR_MS));
      await addCaseNote(world.deps, agent, { number, text: '回答。', audience: 'public' });
    }
    await openCase(world.deps, lead, { kind: 'other', about, text: '電話。', isTaken: false });
    world.clock.set(new Date('2026-05-14T00:00:00.000Z'));
  });
  after(() => world.close());

  it('say who answered how soon: the middle one, and what nine of ten do not exceed', async () => {
    const { openedCount, lateCount, all, people } = await getTeamReport(world.deps, lead, span);
    assert.deepEqual([openedCount, lateCount], [12, 1]);
    assert.deepEqual(
      [all.answeredCount, all.medianSeconds, all.ninetiethSeconds, all.openCount],
      [11, 6 * 3_600, 10 * 3_600, 11],
    );
    assert.deepEqual(
      people.map(({ actor, answeredCount, medianSeconds, ninetiethSeconds, openCount }) => [
        actor,
        answeredCount,
        medianSeconds,
        ninetiethSeconds,
        openCount,
      ]),
      [
        ['staff:aoi', 10, 5 * 3_600, 9 * 3_600, 10],
        ['staff:mei', 1, 60 * 3_600, 60 * 3_600, 1],
      ],
    );
  });

  it('of a span without cases are empty, and have who works on what now', async () => {
    const { openedCount, all } = await getTeamReport(world.deps, lead, {
      from: '2026-04-01',
      through: '2026-04-30',
    });
    assert.deepEqual([openedCount, all.answeredCount, all.medianSeconds, all.openCount], [0, 0, null, 11]);
  });

  it('are not for agents', async () => {
    await assert.rejects(getTeamReport(world.deps, staff('aoi', 'agent'), span), {
      code: 'permission-denied',
    });
  });
});
