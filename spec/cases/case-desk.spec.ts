import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { addCaseNote } from '../../src/cases/add-case-note.ts';
import { answerDueAt } from '../../src/cases/answer-due.rules.ts';
import { getDeskCase, HISTORY } from '../../src/cases/desk-case.queries.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { getCase } from '../../src/cases/case.queries.ts';
import { countQueue, listQueue } from '../../src/cases/case-queue.queries.ts';
import { closeCase } from '../../src/cases/close-case.ts';
import { giveCase } from '../../src/cases/give-case.ts';
import { mergeCase } from '../../src/cases/merge-case.ts';
import { openCase } from '../../src/cases/open-case.ts';
import { placeCase } from '../../src/cases/place-case.ts';
import { reopenCase } from '../../src/cases/reopen-case.ts';
import { reportPurchase } from '../../src/cases/report-purchase.ts';
import { takeCase } from '../../src/cases/take-case.ts';
import { signedIn, staff } from '../support/actors.ts';
import { makeSale } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';

const agent = staff('aoi', 'agent');
const other = staff('ken', 'lead');

describe('a case that the support centre opens', () => {
  let world: World;
  let sale: Awaited<ReturnType<typeof makeSale>>;
  before(async () => void (world = await createWorld()));
  after(() => world.close());
  beforeEach(async () => void (sale = await makeSale(world.deps)));

  const consent = () => ({ kind: 'consent', id: sale.consent.id }) as const;
  const tenure = () => ({ lineId: sale.line.lineId, holderFrom: sale.buyer.holderFrom });
  const open = (over: Partial<Parameters<typeof openCase>[2]> = {}, by = agent) =>
    openCase(world.deps, by, {
      kind: 'moved',
      about: { tenure: tenure() },
      text: '引っ越したので解約したい。',
      isTaken: false,
      ...over,
    });

  it('has its newest entries on the page, and the older ones by a link', async () => {
    const { number } = await open();
    const db = sqlOf(world.deps.orm.em.fork());
    const last = HISTORY + 12;
    const at = world.clock.now();
    for (let sequence = 2; sequence <= last; sequence += 1)
      await db
        .insertInto('case_event')
        .values({
          caseNumber: number,
          sequence,
          kind: 'noted',
          author: 'staff:aoi',
          isPublic: false,
          state: 'open',
          text: `メモ${sequence}`,
          refersTo: null,
          at,
        })
        .execute();
    const newest = await getDeskCase(world.deps, agent, number);
    assert.deepEqual([newest.history.length, newest.history.at(-1)!.sequence], [HISTORY, last]);
    assert.equal(newest.earlierThan, last - HISTORY + 1);
    const earlier = await getDeskCase(world.deps, agent, number, { before: newest.earlierThan });
    assert.deepEqual(
      [earlier.history[0]!.sequence, earlier.history.at(-1)!.sequence, earlier.earlierThan],
      [1, last - HISTORY, undefined],
    );
    assert.equal((await getCase(world.deps, agent, number)).history.length, last);
  });

  it('is about a line in general, without an issued ID and without a company', async () => {
    const { number, isNew } = await open();
    assert.equal(isNew, true);
    const found = await getCase(world.deps, agent, number);
    assert.deepEqual(
      [found.kind, found.state, found.companyId, found.subscriberId, found.lineId],
      ['moved', 'open', null, null, sale.line.lineId],
    );
    const holder = signedIn(sale.buyer, { isHolder: true });
    assert.equal((await getCase(world.deps, holder, number)).service, null, 'the holder sees it');
    await assert.rejects(getCase(world.deps, signedIn(sale.buyer), number), { code: 'case-not-found' });
  });

  it('about a purchase is the one that the subscriber has reported already', async () => {
    const { number } = await reportPurchase(world.deps, signedIn(sale.buyer), { purchase: consent() });
    const again = await open({ kind: 'refund', about: { purchase: consent() } });
    assert.deepEqual(again, { number, isNew: false });
  });

  it('is opened once however many calls about a purchase come at once', async () => {
    const opened = await Promise.all(
      Array.from({ length: 5 }, () =>
        open({ kind: 'refund', about: { purchase: consent() }, isTaken: true }),
      ),
    );
    assert.equal(new Set(opened.map(({ number }) => number)).size, 1);
    assert.equal(opened.filter(({ isNew }) => isNew).length, 1);
  });

  it('is not opened for somebody of another line, nor about an unrecognised purchase without one', async () => {
    const elsewhere = (await makeSale(world.deps)).buyer.subscriberId;
    await assert.rejects(open({ subscriberId: elsewhere }), { code: 'subscriber-not-found' });
    await assert.rejects(open({ kind: 'unrecognised-purchase' }), { code: 'invalid-request' });
    await assert.rejects(open({ about: { tenure: { ...tenure(), holderFrom: '2001-01-01' } } }), {
      code: 'line-not-found',
    });
  });

  it('is due at the end of the next bank day, and no more once it is answered', async () => {
    const friday = new Date('2026-05-01T05:00:00.000Z');
    // 3 to 6 May are holidays and a weekend.
    assert.deepEqual(
      answerDueAt(friday, { timeZone: 'Asia/Tokyo', days: 1 }),
      new Date('2026-05-07T15:00:00.000Z'),
    );
    const { number } = await open({ isTaken: true });
    assert.notEqual((await getCase(world.deps, agent, number)).dueAt, null);
    await addCaseNote(world.deps, agent, { number, text: 'internal' });
    assert.notEqual(
      (await getCase(world.deps, agent, number)).dueAt,
      null,
      'a note of our own answers nobody',
    );
    await addCaseNote(world.deps, agent, { number, text: 'お手続きしました。', audience: 'public' });
    const answered = await getCase(world.deps, agent, number);
    assert.deepEqual([answered.dueAt, answered.answeredAt], [null, world.clock.now()]);
  });

  it('merged into another one points to it, keeps its history, and takes nothing more', async () => {
    const [first, second] = [await open({ isTaken: true }), await open({ kind: 'limit' })];
    await mergeCase(world.deps, agent, { number: second.number, into: first.number });
    await mergeCase(world.deps, agent, { number: second.number, into: first.number });
    const merged = await getCase(world.deps, agent, second.number);
    assert.deepEqual([merged.state, merged.outcome, merged.mergedInto], ['closed', 'merged', first.number]);
    assert.deepEqual(
      merged.history.map(({ kind, refersTo }) => [kind, refersTo]),
      [
        ['opened', null],
        ['merged', first.number],
      ],
    );
    const target = await getCase(world.deps, agent, first.number);
    assert.deepEqual(target.history.at(-1)!.refersTo, second.number);
    const { number } = second;
    await assert.rejects(addCaseNote(world.deps, agent, { number, text: 'x', audience: 'public' }), {
      code: 'illegal-state',
    });
    await assert.rejects(reopenCase(world.deps, agent, { number }), { code: 'illegal-state' });
  });

  it('merged: a purchase that is reported again finds the case that has it now', async () => {
    const reported = await reportPurchase(world.deps, signedIn(sale.buyer), { purchase: consent() });
    const { number: into } = await open();
    await mergeCase(world.deps, agent, { number: reported.number, into });
    const again = await open({ kind: 'refund', about: { purchase: consent() } });
    assert.deepEqual(again, { number: into, isNew: false });
  });

  it('is not merged across lines, nor across holders', async () => {
    const { number } = await open();
    const elsewhere = await makeSale(world.deps);
    const { lineId } = elsewhere.line;
    const about = { tenure: { lineId, holderFrom: elsewhere.buyer.holderFrom } };
    const { number: into } = await open({ about });
    await assert.rejects(mergeCase(world.deps, agent, { number, into }), { code: 'case-of-other-line' });
  });

  it('of two that are merged into each other at once, one stays open', async () => {
    const [{ number: one }, { number: two }] = [await open(), await open()];
    const merges = await Promise.allSettled([
      mergeCase(world.deps, agent, { number: one, into: two }),
      mergeCase(world.deps, other, { number: two, into: one }),
    ]);
    assert.equal(merges.filter(({ status }) => status === 'fulfilled').length, 1);
    const states = [await getCase(world.deps, agent, one), await getCase(world.deps, agent, two)];
    assert.deepEqual(new Set(states.map(({ state }) => state)), new Set(['closed', 'open']));
  });

  it('that is closed while it is merged has one of both ends, and its target stays open unless it was closed', async () => {
    const [{ number }, { number: into }] = [await open(), await open()];
    const ends = await Promise.allSettled([
      mergeCase(world.deps, agent, { number, into }),
      closeCase(world.deps, other, { number, outcome: 'explained' }),
    ]);
    assert.equal(ends.filter(({ status }) => status === 'fulfilled').length, 1);
    const { outcome, mergedInto } = await getCase(world.deps, agent, number);
    assert.equal(outcome === 'merged', mergedInto !== null);
  });

  it('is taken by one of two who take it at once, then by the other: the history has both', async () => {
    const { number } = await open();
    await Promise.all([takeCase(world.deps, agent, { number }), takeCase(world.deps, other, { number })]);
    const { assignedTo, history } = await getCase(world.deps, agent, number);
    const taken = history.filter(({ kind }) => kind === 'taken').map(({ author }) => author);
    assert.deepEqual(new Set(taken), new Set(['staff:aoi', 'staff:ken']));
    assert.equal(assignedTo, taken.at(-1));
  });

  it('is not given to somebody who takes no cases', async () => {
    const { number } = await open();
    await assert.rejects(giveCase(world.deps, agent, { number, to: 'acct-999999' }), {
      code: 'account-not-found',
    });
  });

  it('is taken up again within 30 days, and not when its purchase has another case', async () => {
    const { number } = await open({ kind: 'refund', about: { purchase: consent() } });
    await closeCase(world.deps, agent, { number, outcome: 'explained' });
    const { state, assignedTo } = await reopenCase(world.deps, other, { number });
    assert.deepEqual([state, assignedTo], ['in-progress', 'staff:ken']);
    await closeCase(world.deps, agent, { number, outcome: 'referred' });
    await open({ kind: 'refund', about: { purchase: consent() } });
    await assert.rejects(reopenCase(world.deps, agent, { number }), { code: 'case-exists' });
  });

  it('has a line from the beginning, which nobody changes', async () => {
    const { number } = await open();
    await assert.rejects(placeCase(world.deps, agent, { number, lineId: sale.line.lineId }), {
      code: 'illegal-state',
    });
  });

  it('is in the list of its state, the oldest first, page by page', async () => {
    const numbers = [(await open()).number, (await open()).number, (await open()).number];
    const all = await listQueue(world.deps, agent, { tab: 'open', limit: 1_000 });
    assert.deepEqual(all.map(({ number }) => number).slice(-3), numbers);
    const after = { number: numbers[0]!, dueAt: null };
    const next = await listQueue(world.deps, agent, { tab: 'open', limit: 1, after });
    assert.deepEqual([next[0]!.number, next.length], [numbers[1], 1]);
    const before = await countQueue(world.deps, agent);
    await takeCase(world.deps, agent, { number: numbers[0]! });
    const counts = await countQueue(world.deps, agent);
    assert.deepEqual(
      [counts.open - before.open, counts.mine - before.mine, counts.working - before.working],
      [-1, 1, 1],
    );
  });
});
