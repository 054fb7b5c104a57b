import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { answerEnquiry } from '../../src/cases/answer-enquiry.ts';
import { getEnquiryToAnswer } from '../../src/enquiries/get-enquiry-to-answer.ts';
import { openAnswerLink } from '../../src/enquiries/open-answer-link.ts';
import { writeEnquiry } from '../../src/enquiries/write-enquiry.ts';
import { NOON_IN_TOKYO, createWorld, type World } from '../support/world.ts';
import { makeAsker, newestToken, type Asker } from './asking.ts';

const DAY_MS = 86_400_000;

describe('the link by which a company answers', () => {
  let world: World;
  let by: Asker;
  let token: string;
  before(async () => void (world = await createWorld()));
  after(() => world.close());
  beforeEach(async () => {
    world.clock.set(NOON_IN_TOKYO);
    by = await makeAsker(world.deps);
    await writeEnquiry(world.deps, by.asker, { purchase: by.purchase, topic: 'refund', text: 'Please.' });
    token = await newestToken(world.deps);
  });

  const open = () => openAnswerLink(world.deps, token);
  const answer = async (text: string) => {
    const link = await open();
    await answerEnquiry(world.deps, link.actor, { link, text });
  };

  it('shows the enquiry without who asks', async () => {
    const link = await open();
    const shown = await getEnquiryToAnswer(world.deps, link.actor, link);
    assert.deepEqual([shown.topic, shown.answersLeft, shown.messages.length], ['refund', 5, 1]);
    for (const secret of [by.sale.subscriber.issuedId, by.sale.subscriber.displayName, by.sale.line.lineId])
      assert.ok(!JSON.stringify(shown).includes(secret), secret);
  });

  it('has 256 random bits, of which the database keeps a hash', async () => {
    const [id, secret] = [token.slice(0, 26), token.slice(27)];
    assert.equal(Buffer.from(secret, 'base64url').length, 32);
    const rows = await sqlOf(world.deps.orm.em.fork()).selectFrom('answer_link').selectAll().execute();
    assert.ok(rows.some((row) => row.id === id));
    assert.ok(!JSON.stringify(rows).includes(secret));
  });

  it('is found by nothing but its whole token', async () => {
    const other = await makeAsker(world.deps);
    await writeEnquiry(world.deps, other.asker, { purchase: other.purchase, topic: 'other', text: 'Hello.' });
    const foreign = await newestToken(world.deps);
    const wrong = [
      '',
      token.slice(0, -1),
      `${token}A`,
      token.toLowerCase(),
      `${token.slice(0, 27)}${'A'.repeat(43)}`,
      `${token.slice(0, 27)}${foreign.slice(27)}`,
      `${world.deps.ids.next()}${token.slice(26)}`,
      `${token.slice(0, 26)}-…${token.slice(28)}`,
    ];
    for (const text of wrong)
      await assert.rejects(openAnswerLink(world.deps, text), { code: 'not-found' }, text);
  });

  it('answers its own enquiry and no other', async () => {
    const other = await makeAsker(world.deps);
    const enquiry = await writeEnquiry(world.deps, other.asker, {
      purchase: other.purchase,
      topic: 'other',
      text: 'Hello.',
    });
    const link = await open();
    const stolen = { ...link, enquiryId: enquiry.id };
    await assert.rejects(answerEnquiry(world.deps, link.actor, { link: stolen, text: 'x' }), {
      code: 'enquiry-not-found',
    });
    const forged = { kind: 'visitor', subject: enquiry.id } as const;
    await assert.rejects(answerEnquiry(world.deps, forged, { link: stolen, text: 'x' }), {
      code: 'enquiry-not-found',
    });
    const row = {
      enquiryId: enquiry.id,
      number: 2,
      author: 'company' as const,
      subscriberId: null,
      text: 'x',
    };
    const inserted = sqlOf(world.deps.orm.em.fork())
      .insertInto('enquiry_message')
      .values({ ...row, linkId: link.linkId, sentAt: world.clock.now() });
    await assert.rejects(inserted.execute(), /enquiry_message_by_its_link/);
  });

  it('takes five answers, also of many at once, and the same one twice as one', async () => {
    await answer('first');
    await answer('first');
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, (_, at) => answer(`answer ${at}`)));
    const refused = outcomes.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    assert.equal(refused.length, 4, 'one and four are five');
    for (const { reason } of refused) assert.equal((reason as { code: string }).code, 'answer-limit');
    const link = await open();
    assert.equal((await getEnquiryToAnswer(world.deps, link.actor, link)).answersLeft, 0);
  });

  it('expires 30 days after its mail, to the instant', async () => {
    const link = await open();
    world.clock.set(new Date(NOON_IN_TOKYO.getTime() + 30 * DAY_MS - 1));
    await answer('in time');
    world.clock.set(new Date(NOON_IN_TOKYO.getTime() + 30 * DAY_MS));
    const late = await open();
    assert.equal(late.isExpired, true);
    const expired = { code: 'answer-link-expired' };
    await assert.rejects(getEnquiryToAnswer(world.deps, late.actor, late), expired);
    await assert.rejects(answerEnquiry(world.deps, link.actor, { link, text: 'too late' }), expired);
  });
});
