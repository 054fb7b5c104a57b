import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { purgeMails } from '../../src/mails/purge-mails.ts';
import { queueMail } from '../../src/mails/queue-mail.ts';
import { createTimetable } from '../../batch/timetable.ts';
import { startTimetable } from '../../batch/run-timetable.ts';
import { hashMailAddress } from '../../src/shared/mail-address.rules.ts';
import type { MailKindName } from '../../templates/mails/mail-kinds.ts';
import { typeCommand } from '../batch/admin/type-command.ts';
import { sampleFacts } from '../support/mail-facts.ts';
import { startSmtpReceiver, type SmtpReceiver } from '../support/smtp-receiver.ts';
import { createWorld, type World } from '../support/world.ts';

const DAY_MS = 24 * 3_600_000;
let world: World;
let receiver: SmtpReceiver;
before(async () => {
  receiver = await startSmtpReceiver();
  world = await createWorld({ MAIL_SMTP_URL: receiver.url });
});
after(async () => {
  await receiver.close();
  await world.close();
});
beforeEach(async () => {
  receiver.reset();
  await sql().deleteFrom('mail').execute();
  await sql().deleteFrom('mail_address').execute();
});

const sql = () => sqlOf(world.deps.orm.em.fork());
const rows = () => sql().selectFrom('mail').selectAll().orderBy('id').execute();
const type = (...words: string[]) => typeCommand(world.deps, words);
const to = 'hanako@mail.example';

async function queue(kind: MailKindName, key: string = kind): Promise<string> {
  const facts = sampleFacts[kind];
  await inTransaction(world.deps, (tx) =>
    queueMail(tx, { kind, to, language: 'ja', facts, dedupeKey: key } as never),
  );
  return (await rows()).at(-1)!.id;
}

async function endAs(state: 'sent' | 'failed', id: string): Promise<void> {
  const sentAt = state === 'sent' ? world.clock.now() : null;
  const change = { state, sentAt, secrets: null, lastError: state === 'sent' ? null : '550 no' };
  await sql().updateTable('mail').set(change).where('id', '=', id).execute();
}

describe('on the command line', () => {
  test('failed mails are listed, with masked addresses and nothing of what is in them', async () => {
    await endAs('failed', await queue('purchase-receipt'));
    await queue('password-changed');
    const { code, out } = await type('mail', 'list');
    assert.equal(code, 0);
    assert.match(out, /purchase-receipt/);
    assert.match(out, /h…@mail\.example/);
    assert.match(out, /550 no/);
    assert.doesNotMatch(out, /hanako|1980|1,980|password-changed/);
    const listed = await type('mail', 'list', '--state', 'all', '--address', 'hanako@MAIL.example', '--json');
    assert.equal((JSON.parse(listed.out) as unknown[]).length, 2);
    assert.doesNotMatch(listed.out, /hanako/);
  });

  test('a failed mail is queued again, and the audit trail names who did it', async () => {
    const id = await queue('purchase-receipt');
    await endAs('failed', id);
    assert.equal((await type('mail', 'retry', '--mail', id, '--as', 'hanako')).code, 0);
    const [row] = await rows();
    assert.deepEqual([row!.state, row!.attempts, row!.lastError], ['waiting', 0, null]);
    const audit = await sql()
      .selectFrom('audit_entry')
      .selectAll()
      .where('action', '=', 'mail.retry')
      .execute();
    assert.deepEqual(
      audit.map(({ actor, subject }) => [actor, subject]),
      [['staff:hanako', `mail:${id}`]],
    );
  });

  test('a sent mail is not sent again, nor is one whose code is wiped', async () => {
    const sent = await queue('purchase-receipt');
    await endAs('sent', sent);
    const code = await queue('sign-in-code');
    await endAs('failed', code);
    for (const id of [sent, code])
      assert.match((await type('mail', 'retry', '--mail', id)).error, /illegal-state/);
    assert.deepEqual(
      (await rows()).map(({ state }) => state),
      ['sent', 'failed'],
    );
  });

  test('a reported address is marked until it is restored; mails that servers accept do not lift it', async () => {
    const reported = await type('mail', 'bounced', '--address', to, '--reason', '5.1.1 user unknown');
    assert.equal(reported.code, 0);
    await queue('purchase-receipt');
    await queue('sign-in-code');
    await sendByTimetable();
    const mark = () => sql().selectFrom('mail_address').selectAll().executeTakeFirst();
    assert.deepEqual((await mark())!.state, 'bounced');
    assert.equal((await mark())!.addressHash, hashMailAddress(to));
    assert.deepEqual(
      (await rows()).map(({ state }) => state),
      ['dropped', 'sent'],
    );
    assert.equal((await type('mail', 'restore', '--address', to)).code, 0);
    assert.deepEqual((await mark())!.state, 'ok');
    await queue('purchase-receipt', 'another');
    assert.equal((await rows()).at(-1)!.state, 'waiting');
    const audit = await sql().selectFrom('audit_entry').select(['subject', 'facts']).execute();
    assert.ok(!JSON.stringify(audit).includes('hanako@'), 'the trail has the hash alone');
  });

  test('what is no address is refused by name', async () => {
    const { code, error } = await type(
      'mail',
      'bounced',
      '--address',
      'a@b.example,c@d.example',
      '--reason',
      'x',
    );
    assert.notEqual(code, 0);
    assert.match(error, /--address/);
  });
});

/** Runs the loop as the service does until nothing waits. */
async function sendByTimetable(): Promise<void> {
  const entries = createTimetable().filter(({ name }) => name === 'send-mails');
  assert.equal(entries.length, 1);
  const timetable = startTimetable(world.deps, { entries });
  const giveUpAtMs = performance.now() + 30_000;
  while ((await rows()).some(({ state }) => state === 'waiting')) assert.ok(performance.now() < giveUpAtMs);
  await timetable.stop();
}

describe('the timetable', () => {
  test('sends what is queued', async () => {
    await queue('purchase-receipt');
    await sendByTimetable();
    assert.equal(receiver.mails.length, 1);
    assert.equal(receiver.mails[0]!.parsed.to?.[0]?.address, to);
  });
});

describe('the purge', () => {
  test('removes what left the outbox 90 days ago, and nothing that waits', async () => {
    const start = world.clock.now();
    await endAs('sent', await queue('purchase-receipt', 'old-sent'));
    await endAs('failed', await queue('purchase-receipt', 'old-failed'));
    await queue('purchase-receipt', 'old-waiting');
    world.clock.advance(2 * DAY_MS);
    await endAs('sent', await queue('purchase-receipt', 'young'));
    world.clock.set(new Date(start.getTime() + 90 * DAY_MS));
    assert.equal(await purgeMails(world.deps), 2);
    assert.equal(await purgeMails(world.deps), 0);
    assert.deepEqual(
      (await rows()).map(({ dedupeKey }) => dedupeKey),
      ['old-waiting', 'young'],
    );
    world.clock.set(start);
  });
});
