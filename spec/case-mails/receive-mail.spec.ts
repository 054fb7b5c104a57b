import assert from 'node:assert/strict';
import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { collectMails } from '../../src/case-mails/collect-mails.ts';
import { addCaseNote } from '../../src/cases/add-case-note.ts';
import { getCase } from '../../src/cases/case.queries.ts';
import { listQueue } from '../../src/cases/case-queue.queries.ts';
import { closeCase } from '../../src/cases/close-case.ts';
import { getDeskCase } from '../../src/cases/desk-case.queries.ts';
import { mergeCase } from '../../src/cases/merge-case.ts';
import { openCase } from '../../src/cases/open-case.ts';
import { placeCase } from '../../src/cases/place-case.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { job, staff } from '../support/actors.ts';
import { makeSale } from '../support/factories.ts';
import { readMailsOf } from '../support/mailbox.ts';
import { createWorld, type World } from '../support/world.ts';

const agent = staff('aoi', 'agent');
const actor = job('receive-case-mails');
const never = new AbortController().signal;
let sent = 0;

interface Sent {
  readonly from: string;
  readonly subject?: string;
  readonly text?: string;
  readonly id?: string;
  readonly headers?: readonly string[];
}

describe('mails to the support centre', () => {
  let world: World;
  let sale: Awaited<ReturnType<typeof makeSale>>;
  let holder: string;
  before(async () => void (world = await createWorld()));
  after(() => world.close());
  beforeEach(async () => {
    sale = await makeSale(world.deps);
    holder = `hanako${(sent += 1)}@holder.example`;
    const holders = sqlOf(world.deps.orm.em.fork()).updateTable('line_holder').set({ email: holder });
    await holders.where('lineId', '=', sale.line.lineId).execute();
  });

  const inbox = () => join(world.deps.config.filesDir, 'mails', 'inbox');
  const deliver = async ({ from, subject = 'お尋ね', text = 'こんにちは。', id, headers = [] }: Sent) => {
    sent += 1;
    await mkdir(join(inbox(), 'new'), { recursive: true });
    const head = [
      `From: Somebody <${from}>`,
      'To: support@carrier.example',
      `Subject: ${subject}`,
      `Message-ID: <${id ?? `m${sent}@holder.example`}>`,
      ...(headers.some((line) => line.startsWith('Content-Type'))
        ? []
        : ['Content-Type: text/plain; charset=utf-8']),
      ...headers,
    ];
    await writeFile(join(inbox(), 'new', `${sent}.mail`), `${head.join('\r\n')}\r\n\r\n${text}\r\n`);
  };
  const collect = () => collectMails(world.deps, actor, never);
  const open = async () =>
    (
      await openCase(world.deps, agent, {
        kind: 'other',
        about: { tenure: { lineId: sale.line.lineId, holderFrom: sale.buyer.holderFrom } },
        text: '電話でのお尋ね。',
        isTaken: true,
      })
    ).number;
  const newest = async () => {
    const all = await listQueue(world.deps, agent, { tab: 'open', limit: 1_000 });
    return await getCase(world.deps, agent, all.at(-1)!.number);
  };

  it('from the holder answer the question of the case that they name, without the mail that they quote', async () => {
    const number = await open();
    await addCaseNote(world.deps, agent, { number, text: 'いつですか。', audience: 'question' });
    await deliver({
      from: holder.toUpperCase(),
      subject: `Re: お尋ね（受付番号 ${number.toLowerCase()}）`,
      text: '昨日です。\r\n\r\n> いつですか。',
    });
    const counts = await collect();
    assert.deepEqual([counts.noted, counts.opened], [1, 0]);
    const { state, history } = await getCase(world.deps, agent, number);
    assert.deepEqual(
      [state, history.at(-1)!.kind, history.at(-1)!.by, history.at(-1)!.text],
      ['in-progress', 'received', 'subscriber', '昨日です。'],
    );
    assert.deepEqual(await readdir(join(inbox(), 'new')), []);
  });

  it('from somebody else open a case of their own, whatever name they give', async () => {
    const number = await open();
    await deliver({ from: 'stranger@else.example', subject: `Re: ${number}`, text: 'Tell me all.' });
    assert.equal((await collect()).opened, 1);
    const { history } = await getCase(world.deps, agent, number);
    assert.doesNotMatch(JSON.stringify(history), /Tell me all/);
    const opened = await newest();
    assert.deepEqual([opened.kind, opened.lineId, opened.companyId], ['other', null, null]);
    const mails = await readMailsOf(world.deps, 'case-message');
    assert.ok(mails.every(({ toAddress }) => toAddress !== 'stranger@else.example'));
    const seen = await getDeskCase(world.deps, agent, opened.number);
    assert.deepEqual([seen.mails[0]!.from, seen.mails[0]!.isKnown], ['s＊＊＊@＊＊＊.example', false]);
    await placeCase(world.deps, agent, { number: opened.number, lineId: sale.line.lineId });
    assert.equal((await getCase(world.deps, agent, opened.number)).lineId, sale.line.lineId);
  });

  it('from the one holder with that address open a case on the line, and confirm it', async () => {
    await deliver({ from: holder, subject: '解約したい' });
    await collect();
    const { number, lineId } = await newest();
    assert.equal(lineId, sale.line.lineId);
    const mail = (await readMailsOf(world.deps, 'case-message')).find(
      ({ facts }) => facts.caseNumber === number,
    );
    assert.deepEqual([mail?.toAddress, mail?.facts.what], [holder, 'opened']);
  });

  it('of a next holder open no case on the line, and those of today’s do until the last day', async () => {
    const { lineId } = sale.line;
    const holders = sqlOf(world.deps.orm.em.fork());
    const facts = { validTo: null, birthDate: null, updatedAt: world.clock.now() };
    const next = { lineId, validFrom: '2099-01-01', holder: '次野 三郎', email: `next-${holder}`, ...facts };
    const ends = holders.updateTable('line_holder').set({ validTo: '2099-01-01' });
    await ends.where('lineId', '=', lineId).execute();
    await holders.insertInto('line_holder').values(next).execute();
    await deliver({ from: next.email });
    await collect();
    const stranger = await newest();
    assert.equal(stranger.lineId, null);
    await deliver({ from: holder });
    await collect();
    assert.deepEqual([(await newest()).lineId, (await newest()).holderFrom], [lineId, sale.buyer.holderFrom]);
    await placeCase(world.deps, agent, { number: stranger.number, lineId });
    const placed = await getCase(world.deps, agent, stranger.number);
    assert.equal(placed.holderFrom, sale.buyer.holderFrom);
  });

  it('that come twice, also at the same time, are taken once', async () => {
    const id = `twice${sent}@holder.example`;
    const before = (await listQueue(world.deps, agent, { tab: 'open', limit: 1_000 })).length;
    await deliver({ from: holder, id });
    await deliver({ from: holder, id });
    const both = await Promise.all([collect(), collect()]);
    assert.equal(
      both.reduce((sum, { opened }) => sum + opened, 0),
      1,
    );
    await deliver({ from: holder, id });
    assert.equal((await collect()).repeated, 1);
    assert.equal((await listQueue(world.deps, agent, { tab: 'open', limit: 1_000 })).length, before + 1);
  });

  it('to a merged case arrive in the one that has it now; to a closed one, in a new case', async () => {
    const [number, into] = [await open(), await open()];
    await mergeCase(world.deps, agent, { number, into });
    await deliver({ from: holder, subject: number, text: 'まだです。' });
    assert.equal((await collect()).noted, 1);
    assert.equal((await getCase(world.deps, agent, into)).history.at(-1)!.text, 'まだです。');
    await closeCase(world.deps, agent, { number: into, outcome: 'explained' });
    await deliver({ from: holder, subject: into });
    assert.equal((await collect()).opened, 1);
    assert.equal((await getCase(world.deps, agent, into)).state, 'closed');
  });

  it('keep no HTML and no attachment, only their words and names', async () => {
    const parts = [
      '--x',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>Hello <script>alert(1)</script><b>there</b></p>',
      '--x',
      'Content-Type: application/pdf; name="bill.pdf"',
      'Content-Disposition: attachment; filename="bill.pdf"',
      'Content-Transfer-Encoding: base64',
      '',
      'AAAA',
      '--x--',
    ];
    const headers = ['Content-Type: multipart/mixed; boundary=x'];
    await deliver({ from: holder, headers, text: parts.join('\r\n') });
    assert.equal((await collect()).opened, 1);
    const { number } = await newest();
    const { history, mails } = await getDeskCase(world.deps, agent, number);
    assert.match(history.at(-1)!.text!, /Hello/);
    assert.doesNotMatch(history.at(-1)!.text!, /[<>]/);
    assert.deepEqual(mails[0]!.attachments, ['bill.pdf']);
  });

  it('of programs are not taken, so that two of them do not answer each other', async () => {
    await deliver({ from: holder, headers: ['Auto-Submitted: auto-replied'] });
    await deliver({ from: world.deps.config.mail.from });
    assert.equal((await collect()).ignored, 2);
  });

  it('that are too many from one address are set aside', async () => {
    for (let at = 0; at < 22; at += 1) await deliver({ from: 'many@else.example' });
    const { opened, refused } = await collect();
    assert.deepEqual([opened, refused], [20, 2]);
    assert.equal((await readdir(join(inbox(), 'refused'))).length, 2);
  });

  it('of made-up senders open so many cases a day and no more, while holders are heard', async () => {
    const counter = sqlOf(world.deps.orm.em.fork()).updateTable('contact_quota').set({ used: 499 });
    await deliver({ from: 'first@made.example' });
    await collect();
    await counter.where('scope', '=', 'stranger').execute();
    for (const from of ['a@made.example', 'b@made.example', holder]) await deliver({ from });
    const { opened, refused } = await collect();
    assert.deepEqual([opened, refused], [2, 1]);
  });

  it('behind a file that fails are taken, and the failure is told at the end', async () => {
    const broken = join(inbox(), 'new', '0.mail');
    await mkdir(join(inbox(), 'new'), { recursive: true });
    await symlink(broken, broken);
    const number = await open();
    await deliver({ from: holder, subject: number, text: 'Behind it.' });
    await assert.rejects(collect(), { code: 'ELOOP' });
    assert.equal((await getCase(world.deps, agent, number)).history.at(-1)!.text, 'Behind it.');
    assert.deepEqual(await readdir(join(inbox(), 'new')), ['0.mail']);
    await rm(broken);
  });
});
