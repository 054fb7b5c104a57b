import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../../src/database/sql.ts';
import { readMailsOf } from '../../support/mailbox.ts';
import { HOLDER } from './support-world.ts';
import { openSupportSite, type SupportSite } from './support-site.ts';

describe('the cases of the support desk', () => {
  let site: SupportSite;
  before(async () => void (site = await openSupportSite()));
  after(() => site.close());

  const open = async (fields: Readonly<Record<string, string>> = {}) => {
    const sent = await site.send('agent', '/support/new-case', {
      kind: 'moved',
      line: site.ids.line,
      text: '転居の手続きを知りたいとのこと。',
      take: 'me',
      ...fields,
    });
    assert.equal(sent.status, 303, sent.text);
    return sent.headers.get('location')!.split('/').at(-1)!.split('?')[0]!;
  };

  it('are listed with their age and due time in words, under tabs with counts', async () => {
    const { status, text } = await site.get('agent', '/support/cases');
    assert.equal(status, 200);
    assert.match(text, /C-2026-\d{6}/);
    assert.match(text, /心当たりのない購入/);
    assert.match(text, /前<|分前|時間前|日前/);
    assert.match(text, /あと\d+(?:分|時間|日)/);
    assert.match(text, /未着手 <span class="count">1<\/span>/);
  });

  it('are opened for a caller, are mailed, and open the one that a purchase has already', async () => {
    const number = await open();
    const { text } = await site.get('agent', `/support/cases/${number}`);
    assert.match(text, /転居の手続きを知りたい/);
    const mails = await readMailsOf(site.world.deps, 'case-message');
    assert.equal(mails.at(-1)?.facts.caseNumber, number);
    assert.equal(
      await open({ kind: 'refund', line: '', purchase: site.ids.charge }),
      await open({
        kind: 'charged-twice',
        line: '',
        purchase: site.ids.charge,
      }),
    );
  });

  it('are opened with the form shown again when neither a line nor a purchase is named', async () => {
    const sent = await site.send('agent', '/support/new-case', {
      kind: 'other',
      text: '覚えのある言葉',
      take: 'me',
    });
    assert.equal(sent.status, 404);
  });

  it('are answered by mail, with a text block, after the mail was shown; the name of the holder stays masked', async () => {
    const number = await open();
    const { text: page } = await site.get('agent', `/support/cases/${number}/mail?block=10-received`);
    assert.match(page, /いましばらくお待ちください/);
    assert.doesNotMatch(page, /\{\{|ご購入の内容：/, 'a line without its fact is left out');
    const answer = { subject: '転居のお手続き', text: 'ご案内します。\n\n担当：東' };
    const shown = await site.send('agent', `/support/cases/${number}/mail/preview`, answer);
    assert.equal(shown.status, 200);
    assert.match(shown.text, /転居のお手続き（受付番号/);
    assert.doesNotMatch(shown.text, new RegExp(`${HOLDER.holder}|${HOLDER.email}`));
    const seen = /name="seen" value="(\d+)"/.exec(shown.text)![1]!;
    const sent = await site.send('agent', `/support/cases/${number}/mail`, { ...answer, seen });
    assert.equal(sent.status, 303);
    const again = await site.send('agent', `/support/cases/${number}/mail`, { ...answer, seen });
    assert.equal(again.status, 409, 'the same form sent twice is one mail');
    const mails = await readMailsOf(site.world.deps, 'case-message');
    const answers = mails.filter(({ facts }) => facts.caseNumber === number && facts.what === 'answered');
    assert.deepEqual(
      answers.map(({ toAddress }) => toAddress),
      [HOLDER.email],
    );
  });

  it('are answered by mail and closed after more than 500 events too', async () => {
    const number = await open();
    const about = { caseNumber: number, kind: 'noted', author: 'staff:aoi', isPublic: false } as const;
    const event = { ...about, state: 'in-progress', text: 'x', at: site.world.clock.now() } as const;
    const events = Array.from({ length: 500 }, (_, at) => ({ ...event, sequence: at + 3 }));
    await sqlOf(site.world.deps.orm.em.fork()).insertInto('case_event').values(events).execute();
    const answer = { subject: 'お手続き', text: 'ご案内します。' };
    const shown = await site.send('agent', `/support/cases/${number}/mail/preview`, answer);
    const seen = /name="seen" value="(\d+)"/.exec(shown.text)![1]!;
    assert.equal(seen, '502');
    const sent = await site.send('agent', `/support/cases/${number}/mail`, { ...answer, seen });
    assert.equal(sent.status, 303, sent.text);
    const closed = await site.send('agent', `/support/cases/${number}/close`, { outcome: 'explained' });
    assert.equal(closed.status, 303, closed.text);
  });

  it('are merged on a page that offers the other open cases of the line', async () => {
    const [number, into] = [await open(), await open({ kind: 'limit' })];
    const { text } = await site.get('agent', `/support/cases/${number}/merge`);
    assert.match(text, new RegExp(`value="${into}"`));
    const sent = await site.send('agent', `/support/cases/${number}/merge`, { into });
    assert.match(sent.headers.get('location')!, new RegExp(into));
    const merged = await site.get('agent', `/support/cases/${number}`);
    assert.match(merged.text, new RegExp(`別の受付にまとめました[^]*/support/cases/${into}`));
    const refused = await site.send('agent', `/support/cases/${number}/note`, {
      audience: 'internal',
      text: 'x',
    });
    assert.equal(refused.status, 409);
  });

  it('are given to a colleague by name, and the history says so', async () => {
    const number = await open();
    const lead = site.accounts.get('lead')!;
    const { text } = await site.get('agent', `/support/cases/${number}/give`);
    const [, account] = /<option value="(acct-\d+)"/.exec(text) ?? [];
    assert.ok(account);
    const to = `acct-${lead.id}`;
    assert.equal((await site.send('agent', `/support/cases/${number}/give`, { to })).status, 303);
    const mine = await site.get('lead', '/support/cases?list=mine');
    assert.match(mine.text, new RegExp(number));
  });

  it('show the words that people wrote as text, whatever is in them', async () => {
    const number = await open({ text: '<script>alert(1)</script>' });
    const { text } = await site.get('agent', `/support/cases/${number}`);
    assert.doesNotMatch(text, /<script>alert/);
  });
});
