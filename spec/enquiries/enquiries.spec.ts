import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { addEnquiryMessage } from '../../src/enquiries/add-enquiry-message.ts';
import { answerEnquiry } from '../../src/cases/answer-enquiry.ts';
import { getEnquiry, listEnquiries } from '../../src/enquiries/enquiry.queries.ts';
import { openAnswerLink } from '../../src/enquiries/open-answer-link.ts';
import { writeEnquiry } from '../../src/enquiries/write-enquiry.ts';
import { publicId } from '../../src/shared/public-id.rules.ts';
import { readMailsOf } from '../support/mailbox.ts';
import { createWorld, type World } from '../support/world.ts';
import { makeAsker, makeSibling, newestToken, type Asker } from './asking.ts';

describe('an enquiry to a company', () => {
  let world: World;
  let by: Asker;
  before(async () => void (world = await createWorld()));
  after(() => world.close());
  beforeEach(async () => void (by = await makeAsker(world.deps)));

  const write = (text = 'It stops\nin the middle.', actor = by.asker) =>
    writeEnquiry(world.deps, actor, { purchase: by.purchase, topic: 'usage', text });
  const mailsTo = async (address: string) =>
    (await readMailsOf(world.deps, 'company-message')).filter(({ toAddress }) => toAddress === address);
  const answer = async (text: string) => {
    const link = await openAnswerLink(world.deps, await newestToken(world.deps));
    await answerEnquiry(world.deps, link.actor, { link, text });
  };

  it('is relayed by mail without who asks, answered by the link, and the answer is mailed and kept', async () => {
    const { deps } = world;
    const { id } = await write();
    const [mail] = (await mailsTo('support@shop.example')).slice(-1);
    const { facts } = mail!;
    assert.equal(facts.message, 'It stops\nin the middle.');
    assert.equal(facts.topic, 'usage');
    assert.equal(facts.receiptNumber, publicId('consent', by.sale.consent.id));
    assert.deepEqual(facts.expiresAt, new Date('2026-06-09T03:00:00.000Z'));
    assert.deepEqual([mail!.replyTo, mail!.toName, mail!.subscriberId], [null, null, null]);
    const { issuedId, displayName, lineId } = by.sale.subscriber;
    for (const secret of [issuedId, displayName, lineId, 'hanako@holder.example', '東西'])
      assert.ok(!JSON.stringify(facts).includes(secret), secret);

    await answer('Sorry.\r\nPlease update the app.');
    const [answered] = (await readMailsOf(deps, 'company-answer')).slice(-1);
    assert.deepEqual([answered!.toAddress, answered!.replyTo], ['hanako@holder.example', null]);
    assert.equal(answered!.facts.answer, 'Sorry.\nPlease update the app.');
    assert.equal(answered!.facts.url, `${deps.config.publicOrigin}/my/enquiries/eq_${id}`);
    assert.ok(!JSON.stringify(answered!.facts).includes('support@shop.example'));

    await addEnquiryMessage(deps, by.asker, { enquiryId: id, text: 'Thank you.' });
    const { messages, topic } = await getEnquiry(deps, by.asker, id);
    assert.equal(topic, 'usage');
    assert.deepEqual(
      messages.map(({ number, author, text }) => [number, author, text]),
      [
        [1, 'subscriber', 'It stops\nin the middle.'],
        [2, 'company', 'Sorry.\nPlease update the app.'],
        [3, 'subscriber', 'Thank you.'],
      ],
    );
  });

  it('is an event for the company, without its text and without who wrote', async () => {
    const { id } = await write('my words');
    const event = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('event')
      .select(['type', 'companyId', 'snapshot'])
      .where('subjectKind', '=', 'enquiry')
      .where('subjectId', '=', id)
      .executeTakeFirstOrThrow();
    const { company, service, consent } = by.sale;
    const snapshot = { serviceId: service.id, subjectKind: 'consent', subjectId: consent.id, topic: 'usage' };
    assert.deepEqual(event, { type: 'enquiry.created', companyId: company.id, snapshot });
  });

  it('needs an address of the company; without one nothing is stored', async () => {
    const sql = sqlOf(world.deps.orm.em.fork());
    const none = {
      paidFor: null,
      paidForEn: null,
      delivery: null,
      deliveryEn: null,
      cancellation: null,
      cancellationEn: null,
      sellerAddress: null,
      sellerAddressEn: null,
      sellerTelephone: null,
      contactEmail: null,
      platform: null,
      listedFrom: null,
    };
    await sql.updateTable('service').set(none).where('id', '=', by.sale.service.id).execute();
    await assert.rejects(write(), { code: 'seller-unreachable' });
    assert.deepEqual(await listEnquiries(world.deps, by.asker, { limit: 10 }), []);
  });

  it('is seen by who wrote it and the holder of the line; a sibling and another line find nothing', async () => {
    const { deps } = world;
    const { id } = await write();
    const holder = await makeSibling(deps, by, true);
    const other = (await makeAsker(deps)).asker;
    assert.equal((await getEnquiry(deps, holder, id)).id, id);
    assert.equal(
      (await listEnquiries(deps, holder, { limit: 10 }))[0]?.last?.text,
      'It stops\nin the middle.',
    );
    for (const stranger of [other, { ...holder, isHolder: false }]) {
      await assert.rejects(getEnquiry(deps, stranger, id), { code: 'enquiry-not-found' });
      await assert.rejects(addEnquiryMessage(deps, stranger, { enquiryId: id, text: 'x' }), {
        code: 'enquiry-not-found',
      });
      assert.deepEqual(await listEnquiries(deps, stranger, { limit: 10 }), []);
      await assert.rejects(write('x', stranger), { code: 'consent-not-found' });
    }
  });

  it('of the holder about a purchase of another person is not shown to that person', async () => {
    const holder = await makeSibling(world.deps, by, true);
    const { id } = await write('What is this?', holder);
    await assert.rejects(getEnquiry(world.deps, by.asker, id), { code: 'enquiry-not-found' });
  });

  it('that is sent twice, or by two at once, is one, and mailed once', async () => {
    const before = (await mailsTo('support@shop.example')).length;
    const sent = await Promise.all([write('twice'), write('twice'), write('twice')]);
    assert.equal(new Set(sent.map(({ id }) => id)).size, 1);
    assert.equal((await mailsTo('support@shop.example')).length, before + 1);
  });

  it('is listed newest first, by page, and by purchase', async () => {
    const ids: string[] = [];
    for (const text of ['one', 'two', 'three']) ids.unshift((await write(text)).id);
    const all = await listEnquiries(world.deps, by.asker, { limit: 2 });
    assert.deepEqual(
      all.map(({ id }) => id),
      ids.slice(0, 2),
    );
    const next = await listEnquiries(world.deps, by.asker, { limit: 2, after: all.at(-1)!.id });
    assert.deepEqual(
      next.map(({ id, last }) => [id, last?.author]),
      [[ids[2], 'subscriber']],
    );
    const about = (subjectId: string) => listEnquiries(world.deps, by.asker, { limit: 9, subjectId });
    assert.equal((await about(by.purchase.id)).length, 3);
    assert.deepEqual(await about(world.deps.ids.next()), []);
  });

  it('is never changed and never removed, neither it nor its messages nor its links', async () => {
    await write();
    const sql = sqlOf(world.deps.orm.em.fork());
    await assert.rejects(sql.updateTable('enquiry').set({ topic: 'other' }).execute(), /enquiry_is_final/);
    await assert.rejects(sql.deleteFrom('enquiry').execute(), /enquiry_stays/);
    await assert.rejects(
      sql.updateTable('enquiry_message').set({ text: 'x' }).execute(),
      /enquiry_message_is_final/,
    );
    await assert.rejects(sql.deleteFrom('enquiry_message').execute(), /enquiry_message_stays/);
    const later = new Date('2030-01-01T00:00:00Z');
    await assert.rejects(
      sql.updateTable('answer_link').set({ expiresAt: later }).execute(),
      /answer_link_is_final/,
    );
    await assert.rejects(sql.deleteFrom('answer_link').execute(), /answer_link_stays/);
  });
});
