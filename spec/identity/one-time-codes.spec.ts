import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { sendOneTimeCode } from '../../src/identity/send-one-time-code.ts';
import { maskMailAddress, normaliseCode } from '../../src/identity/one-time-code.rules.ts';
import { useOneTimeCode } from '../../src/identity/use-one-time-code.ts';
import { makeLine, makeSubscriber } from '../support/factories.ts';
import { readMailsOf } from '../support/mailbox.ts';
import { createWorld, type World } from '../support/world.ts';

const MINUTE = 60_000;
const browser = { address: '192.0.2.9', userAgent: 'Spec/1' };

describe('a one-time code', () => {
  let world: World;
  before(async () => void (world = await createWorld()));
  after(() => world.close());

  const newSubscriber = async (email: string | null = 'hanako@example.jp') => {
    const { lineId } = await makeLine(world.deps, { holder: { email } });
    return (await makeSubscriber(world.deps, { lineId })).id;
  };
  const send = (subscriberId: number) =>
    sendOneTimeCode(world.deps, { subscriberId, purpose: 'sign-in', ...browser });
  const use = (subscriberId: number, code: string) =>
    useOneTimeCode(world.deps, { subscriberId, purpose: 'sign-in', code });
  const lastCode = async (subscriberId: number) => {
    const mails = await readMailsOf(world.deps, 'sign-in-code');
    return mails.findLast((mail) => mail.subscriberId === subscriberId)!.facts.code;
  };

  it('goes to the holder of the line, whose address the person sees masked', async () => {
    const id = await newSubscriber();
    assert.deepEqual(await send(id), { sentTo: 'h***@e***.jp' });
    const mail = (await readMailsOf(world.deps, 'sign-in-code')).at(-1)!;
    assert.equal(mail.toAddress, 'hanako@example.jp');
    assert.equal(mail.facts.address, '192.0.2.9');
    await assert.rejects(send(await newSubscriber(null)), { code: 'mail-address-missing' });
  });

  it('works once, typed in any width, and never for another person or purpose', async () => {
    const [id, other] = [await newSubscriber(), await newSubscriber()];
    await send(id);
    await send(other);
    const code = await lastCode(id);
    await assert.rejects(use(other, code), { code: 'code-refused' });
    await assert.rejects(useOneTimeCode(world.deps, { subscriberId: id, purpose: 'password', code }), {
      code: 'code-refused',
    });
    const wide = code.replaceAll(/\d/g, (digit) => String.fromCodePoint(digit.codePointAt(0)! + 0xfee0));
    await use(id, `${wide.slice(0, 4)} ${wide.slice(4)}`);
    await assert.rejects(use(id, code), { code: 'code-refused' });
  });

  it('is used by one of many who send it at once', async () => {
    const id = await newSubscriber();
    await send(id);
    const code = await lastCode(id);
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => use(id, code)));
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  it('is refused after five wrong tries, also when they come at once', async () => {
    const id = await newSubscriber();
    await send(id);
    const code = await lastCode(id);
    const wrong = code.replace(/^./, (digit) => String((Number(digit) + 1) % 10));
    const guesses = await Promise.allSettled(Array.from({ length: 30 }, () => use(id, wrong)));
    assert.ok(guesses.every(({ status }) => status === 'rejected'));
    const [row] = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('one_time_code')
      .select('tries')
      .where('subscriberId', '=', id)
      .execute();
    assert.equal(row?.tries, 5);
    await assert.rejects(use(id, code), { code: 'code-refused', facts: { tries_left: 0 } });
  });

  it('is refused after a quarter of an hour, and when a later one was sent', async () => {
    const id = await newSubscriber();
    await send(id);
    const first = await lastCode(id);
    world.clock.advance(MINUTE);
    await send(id);
    if (first !== (await lastCode(id))) await assert.rejects(use(id, first), { code: 'code-refused' });
    world.clock.advance(15 * MINUTE);
    await assert.rejects(use(id, await lastCode(id)), { code: 'code-refused' });
  });

  it('is sent five times within an hour, also when it is asked for at once', async () => {
    const id = await newSubscriber();
    const outcomes = await Promise.allSettled(Array.from({ length: 9 }, () => send(id)));
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 5);
    await assert.rejects(send(id), { code: 'code-limit-reached' });
    world.clock.advance(60 * MINUTE);
    await send(id);
  });

  it('is stored as a keyed hash, and the database lets no used code be used again', async () => {
    const id = await newSubscriber();
    await send(id);
    const code = await lastCode(id);
    const sql = sqlOf(world.deps.orm.em.fork());
    const rows = await sql.selectFrom('one_time_code').selectAll().where('subscriberId', '=', id).execute();
    assert.ok(!JSON.stringify(rows).includes(code));
    await use(id, code);
    await assert.rejects(
      sql.updateTable('one_time_code').set({ usedAt: null }).where('subscriberId', '=', id).execute(),
      /one_time_code_works_once|works once/,
    );
  });
});

describe('what is shown of a mail address', () => {
  const cases = [
    ['hanako@example.jp', 'h***@e***.jp'],
    ['a@b.example.co.jp', 'a***@b***.jp'],
    ['x@localhost', 'x***@l***'],
  ] as const;
  for (const [address, masked] of cases) {
    it(`${address}: ${masked}`, () => assert.equal(maskMailAddress(address), masked));
  }
  it('a typed code has no blanks', () => assert.equal(normaliseCode(' １２３４-５６７８ '), '12345678'));
});
