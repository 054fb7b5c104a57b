import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { addCaseNote } from '../../src/cases/add-case-note.ts';
import { answerCaseByMail } from '../../src/cases/answer-case-by-mail.ts';
import { askCompany } from '../../src/cases/ask-company.ts';
import { getCase } from '../../src/cases/case.queries.ts';
import { countQueue } from '../../src/cases/case-queue.queries.ts';
import { closeCase } from '../../src/cases/close-case.ts';
import { mergeCase } from '../../src/cases/merge-case.ts';
import { openCase } from '../../src/cases/open-case.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { answerEnquiry } from '../../src/cases/answer-enquiry.ts';
import { getEnquiry, listEnquiries } from '../../src/enquiries/enquiry.queries.ts';
import { openAnswerLink } from '../../src/enquiries/open-answer-link.ts';
import { signedIn, staff } from '../support/actors.ts';
import { makeCompany, makeConsent, makeContract, makeSale, makeService } from '../support/factories.ts';
import { readMailsOf } from '../support/mailbox.ts';
import { createWorld, type World } from '../support/world.ts';

const agent = staff('aoi', 'agent');

describe('a case that asks the company, and answers its reporter', () => {
  let world: World;
  let sale: Awaited<ReturnType<typeof makeSale>>;
  let number: string;
  before(async () => void (world = await createWorld()));
  after(() => world.close());
  beforeEach(async () => {
    sale = await makeSale(world.deps);
    const purchase = { kind: 'consent', id: sale.consent.id } as const;
    const call = { kind: 'refund', about: { purchase }, text: '返金希望。', isTaken: true } as const;
    ({ number } = await openCase(world.deps, agent, call));
  });

  const sql = () => sqlOf(world.deps.orm.em.fork());
  const ask = (text = 'いつのご利用ですか。') => askCompany(world.deps, agent, { number, text });
  const mailsToCompany = async () =>
    (await readMailsOf(world.deps, 'company-case')).filter(({ facts }) => facts.caseNumber === number);
  const answer = async (text: string) => {
    const { facts } = (await mailsToCompany()).at(-1)!;
    const link = await openAnswerLink(world.deps, facts.reply.slice(facts.reply.lastIndexOf('/') + 1));
    await answerEnquiry(world.deps, link.actor, { link, text });
  };

  it('waits for the company, whose answer is on the case and goes to nobody of the line', async () => {
    const { state, companyDueAt } = await ask();
    assert.deepEqual([state, companyDueAt], ['waiting-company', new Date('2026-05-15T15:00:00.000Z')]);
    const [mail] = await mailsToCompany();
    assert.doesNotMatch(JSON.stringify(mail!.facts), new RegExp(sale.line.lineId));
    await answer('5月3日です。');
    const found = await getCase(world.deps, agent, number);
    assert.deepEqual(
      [found.state, found.companyDueAt, found.history.at(-1)!.by, found.history.at(-1)!.text],
      ['in-progress', null, 'company', '5月3日です。'],
    );
    const holder = signedIn(sale.buyer, { isHolder: true });
    const seen = await getCase(world.deps, holder, number);
    assert.doesNotMatch(JSON.stringify(seen.history), /5月3日|いつのご利用/);
    assert.deepEqual(await listEnquiries(world.deps, holder, { limit: 10 }), []);
    const { id } = await sql()
      .selectFrom('enquiry')
      .select('id')
      .where('caseNumber', '=', number)
      .executeTakeFirstOrThrow();
    await assert.rejects(getEnquiry(world.deps, holder, id), { code: 'enquiry-not-found' });
  });

  it('asked again while it waits, reminds in the same enquiry with another link', async () => {
    await ask();
    await ask('もう一度お願いします。');
    const mails = await mailsToCompany();
    assert.deepEqual(
      mails.map(({ facts }) => facts.isReminder),
      [false, true],
    );
    assert.notEqual(mails[0]!.facts.reply, mails[1]!.facts.reply);
    const enquiries = await sql()
      .selectFrom('enquiry')
      .select('id')
      .where('caseNumber', '=', number)
      .execute();
    assert.equal(enquiries.length, 1);
  });

  it('is overdue when the company has not answered in time', async () => {
    await addCaseNote(world.deps, agent, { number, text: '確認します。', audience: 'public' });
    await ask();
    const before = (await countQueue(world.deps, agent)).overdue;
    await sql()
      .updateTable('support_case')
      .set({ companyDueAt: new Date(world.clock.now().getTime() - 1) })
      .where('number', '=', number)
      .execute();
    assert.equal((await countQueue(world.deps, agent)).overdue, before + 1);
  });

  it('merged and closed meanwhile is taken up again where it went when the company answers', async () => {
    await ask();
    const tenure = { lineId: sale.line.lineId, holderFrom: sale.buyer.holderFrom };
    const call = { kind: 'other', about: { tenure }, text: 'もう一件。', isTaken: true } as const;
    const { number: into } = await openCase(world.deps, agent, call);
    await mergeCase(world.deps, agent, { number, into });
    await closeCase(world.deps, agent, { number: into, outcome: 'referred' });
    await answer('遅くなりました。');
    const { state, assignedTo, history } = await getCase(world.deps, agent, into);
    assert.deepEqual([state, assignedTo], ['in-progress', 'staff:aoi']);
    assert.deepEqual(
      history.slice(-2).map(({ kind, text }) => [kind, text]),
      [
        ['reopened', null],
        ['answered', '遅くなりました。'],
      ],
    );
    const merged = await getCase(world.deps, agent, number);
    assert.deepEqual([merged.state, merged.outcome], ['closed', 'merged']);
  });

  it('merged into one that waits for another company leaves that one waiting', async () => {
    await ask();
    const { line, subscriber } = sale;
    const { id: companyId } = await makeCompany(world.deps);
    const { id: serviceId } = await makeService(world.deps, { companyId });
    await makeContract(world.deps, { companyId });
    const of = { companyId, serviceId, subscriberId: subscriber.id, lineId: line.lineId };
    const purchase = { kind: 'consent', id: (await makeConsent(world.deps, of)).id } as const;
    const call = { kind: 'refund', about: { purchase }, text: '別の会社。', isTaken: true } as const;
    const { number: into } = await openCase(world.deps, agent, call);
    await askCompany(world.deps, agent, { number: into, text: 'いかがですか。' });
    await mergeCase(world.deps, agent, { number, into });
    await answer('お答えします。');
    const { state, companyDueAt, history } = await getCase(world.deps, agent, into);
    assert.deepEqual([state, history.at(-1)!.text], ['waiting-company', 'お答えします。']);
    assert.notEqual(companyDueAt, null);
  });

  it('closed, with its purchase reported again, hands the answer to the open case', async () => {
    await ask();
    await closeCase(world.deps, agent, { number, outcome: 'explained' });
    const purchase = { kind: 'consent', id: sale.consent.id } as const;
    const call = { kind: 'refund', about: { purchase }, text: '再度。', isTaken: true } as const;
    const { number: second } = await openCase(world.deps, agent, call);
    await answer('お答えします。');
    assert.equal((await getCase(world.deps, agent, number)).state, 'closed');
    assert.equal((await getCase(world.deps, agent, second)).history.at(-1)!.text, 'お答えします。');
  });

  it('about a line in general has no company to ask', async () => {
    const tenure = { lineId: sale.line.lineId, holderFrom: sale.buyer.holderFrom };
    const call = { kind: 'moved', about: { tenure }, text: '転居。', isTaken: true } as const;
    ({ number } = await openCase(world.deps, agent, call));
    await assert.rejects(ask(), { code: 'case-without-purchase' });
  });

  it('is answered by mail once, although two people answer at once', async () => {
    const email = 'hanako@holder.example';
    const holders = sql().updateTable('line_holder').set({ email });
    await holders.where('lineId', '=', sale.line.lineId).execute();
    const seenEvents = (await getCase(world.deps, agent, number)).history.at(-1)!.sequence;
    const reply = (by: ReturnType<typeof staff>) =>
      answerCaseByMail(world.deps, by, {
        number,
        subject: 'ご返金について',
        text: '手続きします。',
        seenEvents,
      });
    const both = await Promise.allSettled([reply(agent), reply(staff('ken', 'lead'))]);
    const refused = both.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    assert.deepEqual(
      refused.map(({ reason }) => (reason as { code: string }).code),
      ['case-changed'],
    );
    const mails = (await readMailsOf(world.deps, 'case-message')).filter(
      ({ facts }) => facts.caseNumber === number && facts.what === 'answered',
    );
    assert.deepEqual(
      mails.map(({ toAddress, facts }) => [toAddress, facts.about, facts.words]),
      [[email, 'ご返金について', '手続きします。']],
    );
    assert.notEqual((await getCase(world.deps, agent, number)).answeredAt, null);
  });

  it('is not answered by mail to a holder without an address, and then nothing is written', async () => {
    const seenEvents = (await getCase(world.deps, agent, number)).history.at(-1)!.sequence;
    const input = { number, subject: 'x', text: 'y', seenEvents };
    const holders = sql().updateTable('line_holder').set({ email: null });
    await holders.where('lineId', '=', sale.line.lineId).execute();
    await assert.rejects(answerCaseByMail(world.deps, agent, input), { code: 'case-without-address' });
    const { history, answeredAt } = await getCase(world.deps, agent, number);
    assert.deepEqual([history.at(-1)!.sequence, answeredAt], [seenEvents, null]);
  });
});
