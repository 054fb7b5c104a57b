import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import type { Deps } from '../../src/deps.ts';
import { queueMails, type NewMail } from '../../src/mails/queue-mail.ts';
import type { MailTransport, OutgoingMail } from '../../src/mails/mail-transport.ts';
import { sendMails } from '../../src/mails/send-mails.ts';
import { jobActor } from '../../src/access/actor.ts';
import { hashMailAddress } from '../../src/shared/mail-address.rules.ts';
import { sampleFacts } from '../support/mail-facts.ts';
import { DIE, startSmtpReceiver, type SmtpReceiver } from '../support/smtp-receiver.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let receiver: SmtpReceiver;
let deps: Deps;
before(async () => {
  receiver = await startSmtpReceiver();
  world = await createWorld({ MAIL_SMTP_URL: receiver.url, MAIL_FROM: 'no-reply@carrier.example' });
  deps = world.deps;
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
const send = (stopping?: AbortSignal) =>
  sendMails(deps, jobActor('send-mails'), stopping ? { stopping } : {});
const rows = () => sql().selectFrom('mail').selectAll().orderBy('id').execute();
const stateOf = async () => (await rows()).map(({ state, attempts }) => `${state} after ${attempts}`);
const marks = () => sql().selectFrom('mail_address').selectAll().execute();

let queued = 0;
async function queue(count = 1, more: Partial<NewMail> = {}): Promise<void> {
  const mails = Array.from({ length: count }, () => {
    queued += 1;
    const to = `reader-${queued}@mail.example`;
    const kind = 'purchase-receipt';
    return {
      kind,
      to,
      language: 'ja',
      facts: sampleFacts[kind],
      dedupeKey: `spec:${queued}`,
      ...more,
    } as NewMail;
  });
  await inTransaction(deps, (tx) => queueMails(tx, mails));
}

describe('a queued mail', () => {
  test('is sent once, in both parts, with a Message-ID of its own row', async () => {
    await queue(1, { to: 'hanako@mail.example', toName: '山田 花子' });
    assert.deepEqual(await send(), { sent: 1, postponed: 0, failed: 0 });
    assert.deepEqual(await send(), { sent: 0, postponed: 0, failed: 0 });
    assert.equal(receiver.mails.length, 1);
    const [{ from, to, parsed }] = receiver.mails as [(typeof receiver.mails)[number]];
    const [row] = await rows();
    assert.deepEqual([from, to], ['no-reply@carrier.example', ['hanako@mail.example']]);
    assert.equal(parsed.messageId, `<${row!.id}@carrier.example>`);
    assert.equal(parsed.date, world.clock.now().toISOString());
    assert.match(parsed.text!, /^山田 花子 様\n/);
    assert.match(parsed.text!, /1,980円/);
    assert.match(parsed.html!, /1,980円/);
    assert.deepEqual([row!.state, row!.sentAt, row!.leaseOwner], ['sent', world.clock.now(), null]);
  });

  test('is in no second mail when many are due', async () => {
    await queue(50);
    assert.deepEqual(await send(), { sent: 50, postponed: 0, failed: 0 });
    assert.equal(new Set(receiver.mails.map(({ to }) => to[0])).size, 50);
    assert.equal(receiver.mails.length, 50);
  });

  test('is sent once by several processes that send at the same time', async () => {
    await queue(60);
    const results = await Promise.all([send(), send(), send()]);
    assert.equal(receiver.mails.length, 60);
    assert.equal(new Set(receiver.mails.map(({ parsed }) => parsed.messageId)).size, 60);
    assert.equal(
      results.reduce((sum, { sent }) => sum + sent, 0),
      60,
    );
    assert.ok(results.filter(({ sent }) => sent > 0).length > 1, 'more than one process took part');
  });

  test('of a code is sent, and the code is wiped', async () => {
    await queue(1, { kind: 'sign-in-code', facts: sampleFacts['sign-in-code'] } as never);
    await send();
    assert.match(receiver.mails[0]!.parsed.text!, /493817/);
    assert.doesNotMatch(receiver.mails[0]!.parsed.subject!, /493817/);
    assert.equal((await rows())[0]!.secrets, null);
  });

  test('that nobody waits for any more is given up, without its code', async () => {
    await queue(1, { kind: 'sign-in-code', facts: sampleFacts['sign-in-code'] } as never);
    const start = world.clock.now();
    world.clock.set(sampleFacts['sign-in-code'].expiresAt);
    assert.deepEqual(await send(), { sent: 0, postponed: 0, failed: 1 });
    world.clock.set(start);
    const [row] = await rows();
    assert.deepEqual([row!.state, row!.secrets], ['failed', null]);
    assert.match(row!.lastError!, /^given up: /);
    assert.equal(receiver.mails.length, 0);
  });

  test('that cannot be written fails by itself, and the others are sent', async () => {
    await queue(2);
    const [first] = await rows();
    // A row of an older release, with other facts: put there past the trigger.
    const { facts: _, ...rest } = first!;
    await sql().deleteFrom('mail').where('id', '=', first!.id).execute();
    await sql()
      .insertInto('mail')
      .values({ ...rest, facts: '{}' as never })
      .execute();
    assert.deepEqual(await send(), { sent: 1, postponed: 0, failed: 1 });
    assert.deepEqual(await stateOf(), ['failed after 1', 'sent after 1']);
  });

  test('is not sent while its process is stopping, and its attempt does not count', async () => {
    await queue(2);
    await send(AbortSignal.abort());
    assert.deepEqual(await stateOf(), ['waiting after 0', 'waiting after 0']);
  });
});

describe('a mail that is refused', () => {
  test('for now waits, longer each time, and is sent in the end', async () => {
    await queue();
    receiver.behave({ onRecipient: () => '451 4.7.1 greylisted, try again' });
    const start = world.clock.now();
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      assert.deepEqual(await send(), { sent: 0, postponed: 1, failed: 0 });
      assert.deepEqual(await send(), { sent: 0, postponed: 0, failed: 0 }, 'not before its time');
      const { nextAttemptAt } = (await rows())[0]!;
      pauses.push(nextAttemptAt.getTime() - world.clock.now().getTime());
      world.clock.set(nextAttemptAt);
    }
    for (const [index, pause] of pauses.entries()) {
      const middle = 10_000 * 3 ** index;
      assert.ok(pause >= middle * 0.75 && pause <= middle * 1.25, `${pause} ms after attempt ${index + 1}`);
    }
    receiver.reset();
    assert.deepEqual(await send(), { sent: 1, postponed: 0, failed: 0 });
    world.clock.set(start);
    assert.deepEqual(await stateOf(), ['sent after 5']);
    assert.deepEqual(await marks(), []);
  });

  test('because of its address fails at once, and marks the address: the next receipt is dropped', async () => {
    await queue(1, { to: 'gone@mail.example' });
    receiver.behave({ onRecipient: () => '550 5.1.1 user unknown' });
    assert.deepEqual(await send(), { sent: 0, postponed: 0, failed: 1 });
    const [row] = await rows();
    assert.match(row!.lastError!, /550 5\.1\.1 user unknown/);
    assert.deepEqual(
      (await marks()).map(({ addressHash, state, reportedBy }) => [addressHash, state, reportedBy]),
      [[hashMailAddress('gone@mail.example'), 'bounced', 'smtp']],
    );
    await queue(1, { to: 'gone@mail.example' });
    assert.deepEqual(await stateOf(), ['failed after 1', 'dropped after 0']);
  });

  test('for what it says fails, and its address stays good', async () => {
    await queue(1, { to: 'hanako@mail.example' });
    receiver.behave({ onMessage: () => '554 5.7.1 looks like spam' });
    assert.deepEqual(await send(), { sent: 0, postponed: 0, failed: 1 });
    assert.deepEqual(await marks(), []);
  });

  test('does not keep its code', async () => {
    await queue(1, { kind: 'sign-in-code', facts: sampleFacts['sign-in-code'] } as never);
    receiver.behave({ onRecipient: () => '550 5.1.1 user unknown' });
    await send();
    assert.equal((await rows())[0]!.secrets, null);
  });

  test('marks its address until a later mail is accepted there', async () => {
    await queue(1, { to: 'back@mail.example' });
    receiver.behave({ onRecipient: () => '550 5.1.1 user unknown' });
    await send();
    receiver.reset();
    // A code is tried all the same.
    await queue(1, {
      kind: 'sign-in-code',
      facts: sampleFacts['sign-in-code'],
      to: 'back@mail.example',
    } as never);
    await send();
    assert.deepEqual(
      (await marks()).map(({ state }) => state),
      ['ok'],
    );
  });
});

describe('a mail server', () => {
  test('that dies after the message leaves it to be sent again, under the same Message-ID', async () => {
    await queue();
    receiver.behave({ onMessage: () => DIE });
    await assert.rejects(send(), { name: 'MailServerUnavailable' });
    assert.deepEqual(await stateOf(), ['waiting after 1']);
    receiver.behave({});
    world.clock.advance(60_000);
    assert.deepEqual(await send(), { sent: 1, postponed: 0, failed: 0 });
    const [first, second] = receiver.mails;
    assert.equal(first!.parsed.messageId, second!.parsed.messageId);
    assert.equal(first!.parsed.date, second!.parsed.date);
  });

  test('that is away fails the pass, and every mail goes back, at most a minute', async () => {
    const away = await startSmtpReceiver();
    await away.close();
    const { server } = (await import('../../config/config.ts')).parseConfig({ MAIL_SMTP_URL: away.url }).mail;
    deps = { ...world.deps, config: { ...world.config, mail: { ...world.config.mail, server } } };
    try {
      await queue(30);
      await assert.rejects(send(), { name: 'MailServerUnavailable', message: /ESOCKET|ECONNECTION/ });
    } finally {
      deps = world.deps;
    }
    const all = await rows();
    assert.deepEqual(
      [...new Set(all.map(({ state, leaseOwner }) => `${state} ${leaseOwner}`))],
      ['waiting null'],
    );
    assert.ok(
      all.filter(({ attempts }) => attempts === 1).length <= 4,
      'only those that were under way count',
    );
    world.clock.advance(61_000);
    assert.deepEqual(await send(), { sent: 30, postponed: 0, failed: 0 });
  });

  test('that refuses our own address or sign-in keeps every mail', async () => {
    const { judgeSmtpFailure } = await import('../../src/mails/mail-retry.rules.ts');
    const cases = [
      { code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 553, response: '553 5.7.1 not yours' },
      { code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535, response: '535 5.7.8 no' },
      { code: 'EPROTOCOL', command: 'CONN', responseCode: 554, response: '554 no service' },
    ];
    for (const error of cases) assert.equal(judgeSmtpFailure(error), 'unavailable', error.code);
  });
});

/** A server that takes everything but mails to `stuck`, at which it hangs until the time limit. */
const passing = (taken: string[]) => ({
  open: (): Promise<MailTransport> =>
    Promise.resolve({
      send: ({ to }: OutgoingMail) => {
        const address = JSON.stringify(to);
        if (address.includes('stuck@')) throw Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' });
        taken.push(address);
        return Promise.resolve();
      },
      close: () => undefined,
    }),
});

describe('mails that do not get through', () => {
  test('hold up none of those behind them, and wait longer each time', async () => {
    await queue(100, { to: 'stuck@mail.example' });
    world.clock.advance(1_000);
    await queue(1, { to: 'hanako@mail.example' });
    const taken: string[] = [];
    const counts = await sendMails(deps, jobActor('send-mails'), passing(taken));
    assert.equal(counts.sent, 1);
    assert.match(taken.join(), /hanako@/);
    const tried = (await rows()).filter(({ state, attempts }) => state === 'waiting' && attempts > 0);
    assert.ok(tried.length >= 4 && tried.length < 30, `${tried.length} were tried`);
    assert.ok(tried.every(({ lastError }) => lastError === 'no answer'));
    // With nothing else to send, the server is what is in doubt.
    await assert.rejects(sendMails(deps, jobActor('send-mails'), passing(taken)), {
      name: 'MailServerUnavailable',
    });
    for (let pass = 0; pass < 3; pass += 1) {
      world.clock.advance(1_000);
      await queue(12);
      assert.equal((await sendMails(deps, jobActor('send-mails'), passing(taken))).sent, 12);
    }
    assert.equal(taken.length, 37);
  });

  test('are claimed from both ends: by turns the newest and those that have waited longest', async () => {
    const { claimMails } = await import('../../src/mails/claim-mails.ts');
    for (let made = 0; made < 30; made += 1) {
      await queue();
      world.clock.advance(1_000);
    }
    const all = (await rows()).map(({ id }) => id);
    const { mails } = await claimMails(deps);
    assert.deepEqual(
      mails.map(({ id }) => all.indexOf(id)),
      Array.from({ length: 10 }, (_, turn) => [29 - turn, turn]).flat(),
    );
    assert.equal((await claimMails(deps)).mails.length, 10);
  });
});

describe('a process that dies', () => {
  test('before it marks a mail leaves it to another one after the lease, and no earlier', async () => {
    const { claimMails } = await import('../../src/mails/claim-mails.ts');
    await queue(3);
    assert.equal((await claimMails(deps)).mails.length, 3);
    assert.deepEqual(await send(), { sent: 0, postponed: 0, failed: 0 }, 'they are the dead process’s still');
    world.clock.advance(5 * 60_000);
    assert.deepEqual(await send(), { sent: 3, postponed: 0, failed: 0 });
    assert.deepEqual(
      await stateOf(),
      Array.from({ length: 3 }, () => 'sent after 2'),
    );
  });

  test('or hangs past its lease changes nothing that another one did', async () => {
    const { claimMails } = await import('../../src/mails/claim-mails.ts');
    const { recordMailOutcome } = await import('../../src/mails/record-mail-outcome.ts');
    await queue();
    const slow = await claimMails(deps);
    world.clock.advance(5 * 60_000);
    await send();
    const outcome = { kind: 'failed', failure: 'bounced', error: '550', name: '550' } as const;
    assert.equal(await recordMailOutcome(deps, slow, slow.mails[0]!, outcome), false);
    assert.deepEqual(await stateOf(), ['sent after 2']);
    assert.deepEqual(await marks(), []);
  });

  test('cannot have sent a mail late: one that is held up gives it back, and takes it with a new lease', async () => {
    const { openMailTransport } = await import('../../src/mails/mail-transport.ts');
    await queue(1);
    const leftMs: number[] = [];
    const open = async (config: Deps['config']): Promise<MailTransport> => {
      // The connection took that long.
      world.clock.advance(4.5 * 60_000);
      const transport = await openMailTransport(config);
      const send = async (mail: OutgoingMail, signal: AbortSignal) => {
        const [row] = await rows();
        leftMs.push(row!.leaseUntil!.getTime() - world.clock.now().getTime());
        await transport.send(mail, signal);
      };
      return { send, close: () => transport.close() };
    };
    await sendMails(deps, jobActor('send-mails'), { open });
    assert.deepEqual(leftMs, [5 * 60_000]);
    assert.deepEqual(await stateOf(), ['sent after 1']);
  });
});
