import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { SubscriberActor } from '../../src/access/actor.ts';
import { addCaseNote } from '../../src/cases/add-case-note.ts';
import { getCase, listCases } from '../../src/cases/case.queries.ts';
import { closeCase } from '../../src/cases/close-case.ts';
import { reportPurchase } from '../../src/cases/report-purchase.ts';
import { takeCase } from '../../src/cases/take-case.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { signedIn, staff } from '../support/actors.ts';
import { readMailsOf } from '../support/mailbox.ts';
import { makeSale, makeSubscriber } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';

const agent = staff('aoi', 'agent');
const lead = staff('ken', 'lead');

describe('a case about a purchase that is not recognised', () => {
  let world: World;
  let sale: Awaited<ReturnType<typeof makeSale>>;
  let buyer: SubscriberActor;
  before(async () => void (world = await createWorld()));
  after(() => world.close());
  beforeEach(async () => {
    sale = await makeSale(world.deps);
    buyer = signedIn(sale.buyer);
  });

  const purchase = () => ({ kind: 'consent', id: sale.consent.id }) as const;
  const report = (actor = buyer, text?: string) =>
    reportPurchase(world.deps, actor, { purchase: purchase(), text });
  const person = async (isHolder: boolean) => {
    const { id } = await makeSubscriber(world.deps, { lineId: sale.line.lineId, slot: 2 });
    return signedIn({ ...sale.buyer, subscriberId: id }, { isHolder });
  };

  it('lives from the report to its outcome, and keeps what happened', async () => {
    const { deps } = world;
    const { number, isNew } = await report(buyer, ' I did not\r\nbuy this \n');
    assert.equal(isNew, true);
    assert.match(number, /^C-2026-\d{6}$/);
    await takeCase(deps, agent, { number });
    await addCaseNote(deps, agent, { number, text: 'Looks like a tablet.' });
    await addCaseNote(deps, agent, { number, text: 'Is there a tablet?', audience: 'question' });
    assert.equal((await getCase(deps, buyer, number)).state, 'waiting-subscriber');
    await addCaseNote(deps, buyer, { number, text: 'Yes, in the living room.' });
    const text = 'It was bought there.';
    await closeCase(deps, agent, { number, outcome: 'explained', text });
    const seen = await getCase(deps, buyer, number);
    assert.deepEqual([seen.state, seen.outcome, seen.closedAt], ['closed', 'explained', world.clock.now()]);
    assert.deepEqual(
      seen.history.map(({ kind, by, author, state, text: words }) => [kind, by, author, state, words]),
      [
        ['opened', 'subscriber', null, 'open', 'I did not\nbuy this'],
        ['asked', 'support', null, 'waiting-subscriber', 'Is there a tablet?'],
        ['noted', 'subscriber', null, 'in-progress', 'Yes, in the living room.'],
        ['closed', 'support', null, 'closed', text],
      ],
    );
    const whole = await getCase(deps, lead, number);
    assert.deepEqual(
      whole.history.map(({ kind, author }) => [kind, author]),
      [
        ['opened', `subscriber:${buyer.subscriberId}`],
        ['taken', 'staff:aoi'],
        ['noted', 'staff:aoi'],
        ['asked', 'staff:aoi'],
        ['noted', `subscriber:${buyer.subscriberId}`],
        ['closed', 'staff:aoi'],
      ],
    );
    const audit = await sqlOf(deps.orm.em.fork())
      .selectFrom('audit_entry')
      .select(['action', 'facts'])
      .where('subject', '=', `case:${number}`)
      .orderBy('id')
      .execute();
    assert.deepEqual(
      audit.map(({ action }) => action),
      ['case.open', 'case.take', 'case.note', 'case.ask', 'case.note', 'case.close'],
    );
    assert.doesNotMatch(JSON.stringify(audit), /tablet/, 'the audit trail has no words of people');
  });

  it('is one for a purchase, however often and by how many at once it is reported', async () => {
    const reports = await Promise.all(Array.from({ length: 6 }, () => report()));
    assert.equal(new Set(reports.map(({ number }) => number)).size, 1);
    assert.equal(reports.filter(({ isNew }) => isNew).length, 1);
  });

  it('can be opened again once the former one is closed', async () => {
    const { number } = await report();
    await closeCase(world.deps, buyer, { number, outcome: 'withdrawn' });
    const again = await report();
    assert.equal(again.isNew, true);
    assert.notEqual(again.number, number);
  });

  it('numbers follow each other without gaps, also when many are reported at once', async () => {
    const sales = await Promise.all(Array.from({ length: 5 }, () => makeSale(world.deps)));
    const numbers = await Promise.all(
      sales.map(async ({ buyer: other, consent }) => {
        const input = { purchase: { kind: 'consent', id: consent.id } } as const;
        return Number((await reportPurchase(world.deps, signedIn(other), input)).number.slice(-6));
      }),
    );
    const sorted = numbers.toSorted((a, b) => a - b);
    assert.equal(sorted.at(-1)! - sorted[0]!, 4);
  });

  it('is seen by who reported it and by the holder of the line, and by nobody else', async () => {
    const { number } = await report();
    const [holder, other] = [await person(true), signedIn((await makeSale(world.deps)).buyer)];
    assert.equal((await getCase(world.deps, holder, number)).number, number);
    await assert.rejects(getCase(world.deps, other, number), { code: 'case-not-found' });
    await assert.rejects(addCaseNote(world.deps, other, { number, text: 'x' }), { code: 'case-not-found' });
    await assert.rejects(closeCase(world.deps, other, { number, outcome: 'withdrawn' }), {
      code: 'case-not-found',
    });
    assert.deepEqual(await listCases(world.deps, other, { limit: 10 }), []);
  });

  it('of the holder is not shown to the buyer, who is told that there is one', async () => {
    await report(await person(true));
    await assert.rejects(report(), { code: 'case-exists' });
  });

  it('is not opened about the purchase of somebody else, nor about nothing', async () => {
    const other = signedIn((await makeSale(world.deps)).buyer);
    await assert.rejects(report(other), { code: 'consent-not-found' });
    const sibling = await person(false);
    await assert.rejects(report(sibling), { code: 'consent-not-found' });
  });

  it('is closed by a subscriber with one of two outcomes, and closing again changes nothing', async () => {
    const { number } = await report();
    const close = (outcome: 'recognised' | 'stopped' | 'withdrawn') =>
      closeCase(world.deps, buyer, { number, outcome });
    await assert.rejects(close('stopped'), { code: 'invalid-request' });
    await close('recognised');
    await close('recognised');
    await assert.rejects(close('withdrawn'), { code: 'illegal-state' });
    const { history } = await getCase(world.deps, agent, number);
    assert.deepEqual(
      history.map(({ kind }) => kind),
      ['opened', 'closed'],
    );
  });

  it('takes no note and no other person once it is closed', async () => {
    const { number } = await report();
    await closeCase(world.deps, agent, { number, outcome: 'referred' });
    await assert.rejects(takeCase(world.deps, agent, { number }), { code: 'illegal-state' });
    await assert.rejects(addCaseNote(world.deps, agent, { number, text: 'x' }), { code: 'illegal-state' });
  });

  it('is taken by one person, then by another; a question needs somebody who has it', async () => {
    const { number } = await report();
    const ask = () => addCaseNote(world.deps, agent, { number, text: 'When?', audience: 'question' });
    await assert.rejects(ask(), { code: 'illegal-state' });
    await takeCase(world.deps, agent, { number });
    await takeCase(world.deps, agent, { number });
    await ask();
    const { state, assignedTo } = await takeCase(world.deps, lead, { number });
    assert.deepEqual([state, assignedTo], ['waiting-subscriber', 'staff:ken']);
  });

  it('takes so many notes of a subscriber a day, and then says when to try again', async () => {
    const { number } = await report();
    const note = (at: number) => addCaseNote(world.deps, buyer, { number, text: `note ${at}` });
    const outcomes = await Promise.allSettled(Array.from({ length: 25 }, (_, at) => note(at)));
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    assert.equal(refused.length, 6, 'the report and 19 notes are 20');
    for (const { reason } of refused as PromiseRejectedResult[]) {
      const { code, facts } = reason as { code: string; facts: object };
      assert.deepEqual(
        [code, facts],
        [
          'contact-limit',
          { scope: 'support', retry_after_seconds: 12 * 3_600, retry_at: '2026-05-11 00:00' },
        ],
      );
    }
  });

  it('mails the subscriber what the support centre asks and decides, and nothing of its own notes', async () => {
    const { deps } = world;
    const email = 'hanako@holder.example';
    const holders = sqlOf(deps.orm.em.fork()).updateTable('line_holder').set({ email });
    await holders.where('lineId', '=', sale.line.lineId).execute();
    const { number } = await report();
    await takeCase(deps, agent, { number });
    await addCaseNote(deps, agent, { number, text: 'internal words' });
    await addCaseNote(deps, agent, { number, text: 'Is there a tablet?', audience: 'question' });
    await addCaseNote(deps, buyer, { number, text: 'Yes.' });
    await closeCase(deps, agent, { number, outcome: 'explained' });
    const mails = (await readMailsOf(deps, 'case-updated')).filter(
      ({ facts }) => facts.caseNumber === number,
    );
    assert.deepEqual(
      mails.map(({ toAddress, facts }) => [toAddress, facts.what, facts.words]),
      [
        [email, 'asked', 'Is there a tablet?'],
        [email, 'closed', null],
      ],
    );
  });

  it('is never changed behind its history, nor removed', async () => {
    const { number } = await report();
    const sql = sqlOf(world.deps.orm.em.fork());
    const of = (table: 'support_case' | 'case_event') => sql.deleteFrom(table as 'support_case');
    await assert.rejects(of('support_case').where('number', '=', number).execute(), /support_case_stays/);
    await assert.rejects(of('case_event').execute(), /case_event_stays/);
    await assert.rejects(sql.updateTable('case_event').set({ text: 'x' }).execute(), /case_event_is_final/);
    const moved = sql.updateTable('support_case').set({ subscriberId: 1 }).where('number', '=', number);
    await assert.rejects(moved.execute(), /support_case_keeps_subject|support_case_subscriber/);
    await closeCase(world.deps, buyer, { number, outcome: 'withdrawn' });
    const reopened = sql.updateTable('support_case').set({ state: 'open', outcome: null, closedAt: null });
    await assert.rejects(reopened.where('number', '=', number).execute(), /support_case_is_final/);
  });
});
