import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { mailKindNames } from '../../templates/mails/mail-kinds.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { hashMailAddress } from '../../src/shared/mail-address.rules.ts';
import { queueMail, queueMails, type NewMail } from '../../src/mails/queue-mail.ts';
import { sampleFacts } from '../support/mail-facts.ts';
import { readMails, readMailsOf, renderQueued } from '../support/mailbox.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
before(async () => (world = await createWorld()));
after(() => world.close());
beforeEach(async () => {
  await sql().deleteFrom('mail').execute();
  await sql().deleteFrom('mail_address').execute();
});

const sql = () => sqlOf(world.deps.orm.em.fork());
const to = 'hanako@mail.example';
const queue = (...mails: NewMail[]) => inTransaction(world.deps, (tx) => queueMails(tx, mails));

function mailOf(kind: NewMail['kind'], more: Partial<NewMail> = {}): NewMail {
  return { kind, to, language: 'ja', facts: sampleFacts[kind], dedupeKey: `${kind}:1`, ...more } as NewMail;
}

async function mark(address: string, hoursAgo: number): Promise<Date> {
  const since = new Date(world.clock.now().getTime() - hoursAgo * 3_600_000);
  const row = {
    addressHash: hashMailAddress(address),
    state: 'bounced',
    since,
    reportedBy: 'smtp',
    reason: '550',
  };
  await sql()
    .insertInto('mail_address')
    .values(row as never)
    .execute();
  return since;
}

const rows = () => sql().selectFrom('mail').selectAll().orderBy('id').execute();

describe('a mail', () => {
  test('of every kind keeps its facts, whatever their types', async () => {
    await queue(...mailKindNames.map((kind) => mailOf(kind)));
    const mails = await readMails(world.deps);
    assert.equal(mails.length, mailKindNames.length);
    for (const { kind, facts, state } of mails) {
      assert.equal(state, 'waiting');
      assert.deepEqual(facts, sampleFacts[kind], kind);
    }
  });

  test('is read back as its reader will get it', async () => {
    await queue(mailOf('sign-in-code', { toName: '山田 花子' }), mailOf('purchase-receipt'));
    const [mail, ...others] = await readMailsOf(world.deps, 'sign-in-code');
    assert.equal(others.length, 0);
    assert.equal(mail!.facts.code, '493817');
    assert.match(renderQueued(world.deps, mail!).text, /^山田 花子 様\n[^]*493817/);
  });

  test('is not queued when the use case is rolled back', async () => {
    const refused = inTransaction(world.deps, async (tx) => {
      await queueMail(tx, mailOf('purchase-receipt'));
      throw new Error('refused after all');
    });
    await assert.rejects(refused, /refused after all/);
    assert.deepEqual(await rows(), []);
  });

  test('is queued once by a use case that runs twice, also at the same time', async () => {
    const mail = mailOf('purchase-receipt');
    await Promise.all([queue(mail), queue(mail), queue(mail, mail)]);
    await queue(mail);
    assert.equal((await rows()).length, 1);
  });

  test('that was sent stays sent when its use case runs again', async () => {
    await queue(mailOf('purchase-receipt'));
    await sql().updateTable('mail').set({ state: 'sent', sentAt: world.clock.now() }).execute();
    await queue(mailOf('purchase-receipt'));
    assert.deepEqual(
      (await rows()).map(({ state }) => state),
      ['sent'],
    );
  });

  test('with a missing or wrong fact is refused at once, without its value', async () => {
    const { amountMinor: _, ...without } = sampleFacts['purchase-receipt'];
    await assert.rejects(
      queue(mailOf('purchase-receipt', { facts: without as never })),
      /^TypeError: the fact amountMinor of a mail purchase-receipt is not money$/,
    );
    const facts = { ...sampleFacts['sign-in-code'], expiresAt: 'soon', code: '493817' } as never;
    await assert.rejects(queue(mailOf('sign-in-code', { facts })), (error: Error) => {
      assert.match(error.message, /expiresAt/);
      return !error.message.includes('493817');
    });
    assert.deepEqual(await rows(), []);
  });
});

describe('a code or secret link', () => {
  test('is nowhere in the row in clear, and opens only with its own mail and secret', async () => {
    const { openSecrets } = await import('../../src/mails/seal-secrets.ts');
    await queue(mailOf('sign-in-code'), mailOf('account-invitation'));
    const [code, invitation] = await rows();
    assert.ok(!JSON.stringify(await rows()).includes('493817'));
    assert.ok(!JSON.stringify(await rows()).includes('5d8a01f3c6'));
    assert.deepEqual(openSecrets(world.config, code!.id, code!.secrets!), { code: '493817' });
    assert.throws(() => openSecrets(world.config, invitation!.id, code!.secrets!));
    assert.throws(() => openSecrets({ secret: 'another' }, code!.id, code!.secrets!));
  });

  test('is given up when it expires, another mail after three days', async () => {
    await queue(mailOf('sign-in-code'), mailOf('purchase-receipt'));
    const [code, receipt] = await rows();
    assert.deepEqual(code!.giveUpAt, sampleFacts['sign-in-code'].expiresAt);
    assert.equal(receipt!.giveUpAt.getTime() - world.clock.now().getTime(), 72 * 3_600_000);
  });
});

describe('to an address marked as bounced', () => {
  test('a receipt is dropped, a security notice waits a day from the mark, a code goes at once', async () => {
    const since = await mark(to, 2);
    await queue(mailOf('purchase-receipt'), mailOf('password-changed'), mailOf('sign-in-code'));
    const now = world.clock.now();
    assert.deepEqual(
      (await rows()).map(({ kind, state, nextAttemptAt }) => [kind, state, nextAttemptAt]),
      [
        ['purchase-receipt', 'dropped', now],
        ['password-changed', 'waiting', new Date(since.getTime() + 24 * 3_600_000)],
        ['sign-in-code', 'waiting', now],
      ],
    );
  });

  test('a security notice goes at once when the mark is older than a day', async () => {
    await mark('HANAKO@mail.example', 30);
    await queue(mailOf('password-changed'));
    assert.deepEqual((await rows())[0]!.nextAttemptAt, world.clock.now());
  });

  test('a dropped code would be kept by nobody: no secrets in a mail that is not sent', async () => {
    await queue(mailOf('sign-in-code', { to: 'no address' }));
    const [row] = await rows();
    assert.deepEqual([row!.state, row!.secrets, row!.lastError], ['dropped', null, 'not an address']);
  });
});

describe('the database refuses', () => {
  const cases: [string, string, RegExp][] = [
    [
      'a line break in what becomes a header',
      "reply_to = 'a@b.example\\r\\nBcc: c@d.example'",
      /mail_one_line/,
    ],
    ['another address for a mail', "to_address = 'other@mail.example'", /mail_is_sent_once/],
    ['other facts for a mail', "facts = '{}'", /mail_is_sent_once/],
    ['a sent mail without its time', "state = 'sent'", /mail_sent/],
    ['a lease without its end', "lease_owner = '01JV0000000000000000000000'", /mail_leased/],
    ['a failed mail that keeps its code', "state = 'failed', secrets = 'x'", /mail_secrets_wait/],
  ];
  for (const [what, change, constraint] of cases) {
    test(what, async () => {
      await queue(mailOf('purchase-receipt'));
      const statement = `UPDATE mail SET ${change}`;
      await assert.rejects(world.deps.orm.em.fork().getConnection().execute(statement), constraint);
    });
  }

  test('a sent mail that would wait again', async () => {
    await queue(mailOf('purchase-receipt'));
    await sql().updateTable('mail').set({ state: 'sent', sentAt: world.clock.now() }).execute();
    const again = sql().updateTable('mail').set({ state: 'waiting', sentAt: null }).execute();
    await assert.rejects(again, /mail_is_sent_once/);
  });
});
