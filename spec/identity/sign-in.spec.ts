import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { endSubscriber } from '../../src/identity/end-subscriber.ts';
import { composeIssuedId, isIssuedId } from '../../src/identity/issued-id.rules.ts';
import { issueSubscriber } from '../../src/identity/issue-subscriber.ts';
import { hashPassword } from '../../src/identity/passwords.ts';
import { setPassword } from '../../src/identity/set-password.ts';
import { signIn } from '../../src/identity/sign-in.ts';
import { credentialMark, findById } from '../../src/identity/subscriber.queries.ts';
import { makeLine } from '../support/factories.ts';
import { createWorld, NOON_IN_TOKYO, type World } from '../support/world.ts';
import { staff } from '../support/actors.ts';

const password = 'correct-horse';
const MINUTE = 60_000;

describe('signing in', () => {
  let world: World;
  let passwordHash: string;
  before(async () => {
    world = await createWorld();
    passwordHash = await hashPassword(password);
  });
  after(() => world.close());

  const sql = () => sqlOf(world.deps.orm.em.fork());
  let sources = 0;
  /** Every test uses an address of its own. */
  const newSource = (): string => `198.51.${Math.floor((sources += 1) / 250)}.${sources % 250}`;
  const newSubscriber = async (line: Parameters<typeof makeLine>[1] = {}) => {
    world.clock.set(NOON_IN_TOKYO);
    const { lineId } = await makeLine(world.deps, line);
    const { subscriber } = await issueSubscriber(world.deps, staff(), { lineId, displayName: '花子' });
    await sql()
      .updateTable('subscriber')
      .set({ passwordHash: passwordHash })
      .where('id', '=', subscriber.id)
      .execute();
    return subscriber;
  };
  const failuresOf = async () =>
    (await sql().selectFrom('sign_in_failure').selectAll().orderBy('scope').execute()).map(
      ({ scope, failures }) => [scope, failures],
    );
  const leftOf = async (issuedId: string) => {
    const left: unknown[] = [];
    for (let guess = 1; guess <= 5; guess += 1) {
      await signIn(world.deps, { issuedId, password: 'wrong', source: newSource() }).catch((problem) =>
        left.push(problem.facts['tries_left']),
      );
    }
    return left;
  };
  const forgetFailures = () => sql().deleteFrom('sign_in_failure').execute();

  it('succeeds with ID and password, for any way of typing the ID', async () => {
    const { id, issuedId, lineId } = await newSubscriber();
    const typed = `${issuedId.slice(0, 4).toLowerCase()} ${issuedId.slice(4, 8)}-${issuedId.slice(8)}`;
    const signedIn = await signIn(world.deps, { issuedId: typed, password, source: newSource() });
    assert.deepEqual([signedIn.id, signedIn.lineId, signedIn.holderFrom], [id, lineId, '2026-01-01']);
  });

  const refused = { code: 'sign-in-refused', status: 401, message: 'The issued ID or the password is wrong' };
  for (const issuedId of [
    '花子',
    'Ｆ１２３あ',
    'F1234567890é',
    'F11111111112',
    '\u0000',
    '\ufdfa'.repeat(64),
  ]) {
    it(`is told to be mistyped, and counted as no attempt: ${JSON.stringify(issuedId.slice(0, 12))}`, async () => {
      await forgetFailures();
      const typed = { issuedId, password, source: newSource() };
      await assert.rejects(signIn(world.deps, typed), { code: 'issued-id-mistyped', status: 422 });
      assert.deepEqual(await failuresOf(), []);
    });
  }

  const noLonger = {
    'a wrong password': async (id: number) => {
      await sql()
        .updateTable('subscriber')
        .set({ passwordHash: await hashPassword('another-one') })
        .where('id', '=', id)
        .execute();
    },
    'no password yet': async (id: number) => {
      await sql().updateTable('subscriber').set({ passwordHash: null }).where('id', '=', id).execute();
    },
    'an ID that has ended': async (_id: number, issuedId: string) => {
      await endSubscriber(world.deps, staff(), { issuedId });
    },
    'a suspended line': async (_id: number, _issuedId: string, lineId: string) => {
      await sql().updateTable('line').set({ status: 'suspended' }).where('lineId', '=', lineId).execute();
    },
    'a line whose holder left today': async (_id: number, _issuedId: string, lineId: string) => {
      await sql()
        .updateTable('line_holder')
        .set({ validTo: '2026-05-10' })
        .where('lineId', '=', lineId)
        .execute();
      const next = { lineId, validFrom: '2026-05-10', holder: '次の人', updatedAt: NOON_IN_TOKYO };
      await sql()
        .insertInto('line_holder')
        .values({ ...next, validTo: null, birthDate: null, email: null })
        .execute();
    },
  };
  for (const [name, change] of Object.entries(noLonger)) {
    it(`is refused for ${name}, with the same message as for an unknown ID`, async () => {
      const { id, issuedId, lineId } = await newSubscriber();
      await change(id, issuedId, lineId);
      await assert.rejects(signIn(world.deps, { issuedId, password, source: newSource() }), refused);
      const unknown = signIn(world.deps, { issuedId: 'F00000000000', password, source: newSource() });
      await assert.rejects(unknown, refused);
      await forgetFailures();
    });
  }

  it('works until the last day of the holder has ended, and not a moment longer', async () => {
    const { issuedId } = await newSubscriber({ holder: { validTo: '2026-05-11' } });
    world.clock.set(new Date('2026-05-10T23:59:59.999+09:00'));
    assert.equal((await signIn(world.deps, { issuedId, password, source: newSource() })).issuedId, issuedId);
    world.clock.advance(1);
    await assert.rejects(signIn(world.deps, { issuedId, password, source: newSource() }), refused);
    world.clock.set(NOON_IN_TOKYO);
  });

  it('is locked for 15 minutes by the fifth failure, for the right password too', async () => {
    const { issuedId } = await newSubscriber();
    for (let guess = 1; guess <= 5; guess += 1) {
      await assert.rejects(signIn(world.deps, { issuedId, password: 'wrong', source: newSource() }), refused);
    }
    const locked = { code: 'sign-in-locked', status: 429, facts: { retry_after_seconds: 900 } };
    await assert.rejects(signIn(world.deps, { issuedId, password, source: newSource() }), locked);
    world.clock.advance(15 * MINUTE - 1);
    const last = { ...locked, facts: { retry_after_seconds: 1 } };
    await assert.rejects(signIn(world.deps, { issuedId, password, source: newSource() }), last);
    world.clock.advance(1);
    await signIn(world.deps, { issuedId, password, source: newSource() });
  });

  it('says how many tries are left, and the same for an ID that does not exist', async () => {
    const { issuedId: known } = await newSubscriber();
    assert.deepEqual(await leftOf(known), [4, 3, 2, 1, 0]);
    assert.deepEqual(await leftOf('F22222222221'), [4, 3, 2, 1, 0]);
    assert.equal(isIssuedId('F22222222221'), true);
  });

  it('begins what takes time while the password is verified, for an ID that may sign in, and nothing for others', async () => {
    const { issuedId, lineId } = await newSubscriber();
    const begun: string[] = [];
    const meanwhile = (found: { lineId: string }) => void begun.push(found.lineId);
    const wrong = { issuedId, password: 'wrong', source: newSource(), meanwhile };
    await assert.rejects(signIn(world.deps, wrong), refused);
    await signIn(world.deps, { issuedId, password, source: newSource(), meanwhile });
    await assert.rejects(signIn(world.deps, { ...wrong, issuedId: 'F00000000000' }), refused);
    assert.deepEqual(begun, [lineId, lineId]);
  });

  it('locks an unknown ID just the same', async () => {
    const outcomes: string[] = [];
    for (let guess = 1; guess <= 6; guess += 1) {
      await signIn(world.deps, { issuedId: 'F11111111113', password, source: newSource() }).catch((problem) =>
        outcomes.push(problem.code),
      );
    }
    assert.deepEqual(outcomes, [...Array.from({ length: 5 }, () => 'sign-in-refused'), 'sign-in-locked']);
  });

  it('resets the failures of the ID after a success', async () => {
    const { issuedId } = await newSubscriber();
    for (let round = 1; round <= 3; round += 1) {
      for (let guess = 1; guess <= 4; guess += 1) {
        await assert.rejects(
          signIn(world.deps, { issuedId, password: 'wrong', source: newSource() }),
          refused,
        );
      }
      await signIn(world.deps, { issuedId, password, source: newSource() });
    }
  });

  it('verifies the password of at most five of 30 simultaneous guesses', async () => {
    const { issuedId } = await newSubscriber();
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, () =>
        signIn(world.deps, { issuedId, password: 'wrong', source: newSource() }).then(
          () => 'in',
          (problem) => problem.code,
        ),
      ),
    );
    assert.equal(outcomes.filter((outcome) => outcome === 'sign-in-refused').length, 5);
    assert.equal(outcomes.filter((outcome) => outcome === 'sign-in-locked').length, 25);
  });

  it('locks a source after 20 failures over many IDs, and no other source', async () => {
    const { issuedId } = await newSubscriber();
    const source = newSource();
    const guess = (index: number) => {
      const digits = Array.from(String(2_200_000_000 + index), Number).values();
      return { issuedId: composeIssuedId(() => digits.next().value ?? 0), password, source };
    };
    const outcomes = await Promise.all(
      Array.from({ length: 25 }, (_, index) =>
        signIn(world.deps, guess(index)).catch((problem) => problem.code),
      ),
    );
    assert.equal(outcomes.filter((outcome) => outcome === 'sign-in-refused').length, 20);
    assert.equal(outcomes.filter((outcome) => outcome === 'sign-in-locked').length, 5);
    await assert.rejects(signIn(world.deps, { issuedId, password, source }), { code: 'sign-in-locked' });
    await signIn(world.deps, { issuedId, password, source: newSource() });
  });

  it('does not count successes against a shared source', async () => {
    await forgetFailures();
    const { issuedId } = await newSubscriber();
    const source = newSource();
    for (let time = 1; time <= 25; time += 1) await signIn(world.deps, { issuedId, password, source });
    assert.deepEqual(await failuresOf(), [['source', 0]]);
  });

  it('stores neither IDs nor addresses of failures, only keyed hashes', async () => {
    await assert.rejects(
      signIn(world.deps, { issuedId: 'F33333333330', password, source: '198.51.100.77' }),
      refused,
    );
    const rows = await sql().selectFrom('sign_in_failure').selectAll().execute();
    for (const row of rows) assert.match(row.keyHash, /^[0-9a-f]{64}$/);
  });

  it('renews an outdated hash', async () => {
    const { id, issuedId } = await newSubscriber();
    const passwordHash = await hashPassword(password, { memoryKib: 8_192, passes: 1, parallelism: 1 });
    await sql().updateTable('subscriber').set({ passwordHash }).where('id', '=', id).execute();
    const signedIn = await signIn(world.deps, { issuedId, password, source: newSource() });
    assert.match(signedIn.passwordHash ?? '', /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    assert.equal((await findById(world.deps, id))?.passwordHash, signedIn.passwordHash);
    await signIn(world.deps, { issuedId, password, source: newSource() });
  });

  it('is unlocked by a new password, which also changes the fingerprint that sessions are compared with', async () => {
    const { id, issuedId } = await newSubscriber();
    for (let guess = 1; guess <= 5; guess += 1) {
      await assert.rejects(signIn(world.deps, { issuedId, password: 'wrong', source: newSource() }), refused);
    }
    const before = await findById(world.deps, id);
    await setPassword(world.deps, staff(), { issuedId, password: 'another-one' });
    const signedIn = await signIn(world.deps, { issuedId, password: 'another-one', source: newSource() });
    assert.notEqual(credentialMark(signedIn), credentialMark(before ?? { passwordHash: null }));
  });
});
