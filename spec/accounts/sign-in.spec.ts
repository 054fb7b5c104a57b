import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { acceptInvitation, findInvited } from '../../src/accounts/accept-invitation.ts';
import { findSignedIn, type AccountProof } from '../../src/accounts/account-proof.ts';
import { suspendAccount } from '../../src/accounts/change-account-state.ts';
import { changePassword } from '../../src/accounts/change-password.ts';
import { startPasswordSignIn } from '../../src/accounts/password-sign-in.ts';
import { requestPasswordReset, resetPassword } from '../../src/accounts/password-reset.ts';
import { useRecoveryCode, verifyTotp } from '../../src/accounts/second-factor.ts';
import { stepUpWithTotp } from '../../src/accounts/step-up.ts';
import { finishTotpEnrolment, startTotpEnrolment } from '../../src/accounts/totp-enrolment.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { totpCodeAt } from '../../src/identity/totp.rules.ts';
import { mailedToken, makeAccount, makeInvited, PASSWORD, SEED } from '../support/accounts.ts';
import { countStatements } from '../support/count-statements.ts';
import { makeCompany } from '../support/factories.ts';
import { staff } from '../support/actors.ts';
import { createWorld, NOON_IN_TOKYO, type World } from '../support/world.ts';

const refusedTogether = { code: 'sign-in-refused', status: 401 };
const HALF_MINUTE = 30_000;

describe('signing in to an account', () => {
  let world: World;
  before(async () => void (world = await createWorld()));
  after(() => world.close());
  beforeEach(() =>
    world.clock.set(new Date(Math.max(world.clock.now().getTime(), NOON_IN_TOKYO.getTime()) + 3_600_000)),
  );

  let sources = 0;
  const source = () => `198.51.${Math.floor((sources += 1) / 250)}.${sources % 250}`;
  const code = (seed = SEED) => totpCodeAt(seed, world.clock.now());
  const first = (email: string, password = PASSWORD) =>
    startPasswordSignIn(world.deps, { audience: 'staff', email, password, source: source() });
  const ticketOf = async (email: string) => {
    const step = await first(email);
    assert.ok(step.step === 'second-factor', step.step);
    return step.ticket;
  };
  const signIn = async (email: string): Promise<AccountProof> =>
    verifyTotp(world.deps, { ticket: await ticketOf(email), code: code(), source: source() });

  it('begins with a mail: a password of one’s own, then an authenticator app, then recovery codes', async () => {
    const { account, token } = await makeInvited(world.deps);
    assert.equal((await findInvited(world.deps, { token })).email, account.email);
    await assert.rejects(first(account.email), refusedTogether);
    const step = await acceptInvitation(world.deps, { token, password: PASSWORD });
    assert.ok(step.step === 'enrolment');
    const { uri, seed } = await startTotpEnrolment(world.deps, step);
    assert.match(uri, /^otpauth:\/\/totp\/.*secret=[A-Z2-7]{32}/);
    assert.equal(new URL(uri).searchParams.get('secret'), seed.replaceAll(' ', ''));
    await startTotpEnrolment(world.deps, step, SEED);
    const wrong = { code: '000000', source: source() };
    await assert.rejects(finishTotpEnrolment(world.deps, step, wrong), { code: 'second-factor-refused' });
    const { proof, recoveryCodes } = await finishTotpEnrolment(world.deps, step, {
      code: code(),
      source: source(),
    });
    assert.equal(recoveryCodes.length, 10);
    const signedIn = await findSignedIn(world.deps, proof);
    assert.deepEqual(
      [signedIn?.email, signedIn?.roles, proof.provenBy],
      [account.email, ['agent'], 'second-factor'],
    );
    await assert.rejects(acceptInvitation(world.deps, { token, password: PASSWORD }), {
      code: 'token-invalid',
    });
    const again = { code: code(), source: source() };
    await assert.rejects(finishTotpEnrolment(world.deps, step, again), { code: 'token-invalid' });
  });

  it('takes password and code; neither alone opens anything', async () => {
    const { account } = await makeAccount(world.deps);
    world.clock.advance(HALF_MINUTE);
    const proof = await signIn(account.email.toUpperCase());
    const signedIn = await findSignedIn(world.deps, proof);
    assert.equal(signedIn?.actor.kind === 'staff' && signedIn.actor.account, `acct-${account.id}`);
    await assert.rejects(first(account.email, 'tanuki-under-the-hedge'), refusedTogether);
    await assert.rejects(verifyTotp(world.deps, { ticket: 'guessed', code: code(), source: source() }), {
      code: 'token-invalid',
    });
  });

  it('takes a code once, also when it is typed twice at the same moment', async () => {
    const { account } = await makeAccount(world.deps);
    world.clock.advance(HALF_MINUTE);
    const tickets = [await ticketOf(account.email), await ticketOf(account.email)];
    const outcomes = await Promise.allSettled(
      tickets.map((ticket) => verifyTotp(world.deps, { ticket, code: code(), source: source() })),
    );
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    const third = { ticket: await ticketOf(account.email), code: code(), source: source() };
    await assert.rejects(verifyTotp(world.deps, third), { code: 'second-factor-refused' });
  });

  it('takes the code of this half minute alone', async () => {
    const { account } = await makeAccount(world.deps);
    const early = code();
    world.clock.advance(HALF_MINUTE);
    const ticket = await ticketOf(account.email);
    const late = verifyTotp(world.deps, { ticket, code: early, source: source() });
    await assert.rejects(late, { code: 'second-factor-refused' });
    const typed = code()
      .replace(/(...)/, '$1 ')
      .replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
    assert.ok(await verifyTotp(world.deps, { ticket, code: typed, source: source() }));
  });

  it('uses a ticket up: of two at once one signs in', async () => {
    const { account, recoveryCodes } = await makeAccount(world.deps);
    const ticket = await ticketOf(account.email);
    const outcomes = await Promise.allSettled(
      recoveryCodes
        .slice(0, 2)
        .map((recovery) => useRecoveryCode(world.deps, { ticket, code: recovery, source: source() })),
    );
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  });

  it('takes a recovery code once, however it is typed, also twice at the same moment', async () => {
    const { account, recoveryCodes } = await makeAccount(world.deps);
    const typed = recoveryCodes[0]!.replace('-', ' ').toUpperCase();
    const tickets = [await ticketOf(account.email), await ticketOf(account.email)];
    const outcomes = await Promise.allSettled(
      tickets.map((ticket) => useRecoveryCode(world.deps, { ticket, code: typed, source: source() })),
    );
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    const stored = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('account_recovery_code')
      .select(['codeHash', 'usedAt'])
      .where('accountId', '=', account.id)
      .execute();
    assert.equal(stored.filter(({ usedAt }) => usedAt !== null).length, 1);
    assert.ok(!JSON.stringify(stored).includes(recoveryCodes[0]!));
  });

  it('examines five of thirty guesses at once, of passwords and of codes, and then refuses the right one too', async () => {
    const { account } = await makeAccount(world.deps);
    world.clock.advance(HALF_MINUTE);
    const ticket = await ticketOf(account.email);
    const codes = await Promise.allSettled(
      Array.from({ length: 30 }, (_, n) =>
        verifyTotp(world.deps, { ticket, code: String(n).padStart(6, '0'), source: source() }),
      ),
    );
    const passwords = await Promise.allSettled(
      Array.from({ length: 30 }, (_, n) => first(account.email, `wrong-password-${n}`)),
    );
    for (const [outcomes, refusal] of [
      [codes, 'second-factor-refused'],
      [passwords, 'sign-in-refused'],
    ] as const) {
      const found = outcomes.map((outcome) =>
        outcome.status === 'rejected' ? (outcome.reason as { code: string }).code : 'fulfilled',
      );
      assert.deepEqual(
        [
          found.filter((was) => was === refusal).length,
          found.filter((was) => was === 'sign-in-locked').length,
        ],
        [5, 25],
      );
    }
    await assert.rejects(first(account.email), { code: 'sign-in-locked' });
    const right = { ticket, code: code(), source: source() };
    await assert.rejects(verifyTotp(world.deps, right), { code: 'sign-in-locked' });
  });

  it('counts the guesses of one source over many accounts', async () => {
    const one = '203.0.113.77';
    const guesses = Array.from({ length: 20 }, (_, n) =>
      startPasswordSignIn(world.deps, {
        audience: 'staff',
        email: `nobody${n}@x.example`,
        password: 'x',
        source: one,
      }),
    );
    await Promise.allSettled(guesses);
    const { account } = await makeAccount(world.deps);
    const input = { audience: 'staff', email: account.email, password: PASSWORD, source: one } as const;
    await assert.rejects(startPasswordSignIn(world.deps, input), { code: 'sign-in-locked' });
  });

  it('says the same for an unknown address, a wrong password, and an account that may not, with the same statements', async () => {
    const { account } = await makeAccount(world.deps);
    const { account: invited } = await makeInvited(world.deps);
    const { account: suspended } = await makeAccount(world.deps);
    await suspendAccount(world.deps, staff(), { accountId: suspended.id });
    const seen = new Set<string>();
    for (const [email, password] of [
      ['nobody@people.example', PASSWORD],
      ['花子@people.example', PASSWORD],
      [account.email, 'wrong-password'],
      [invited.email, PASSWORD],
      [suspended.email, PASSWORD],
    ] as const) {
      const statements = await countStatements(world.deps, () =>
        assert.rejects(first(email, password), refusedTogether),
      );
      const error = await first(email, password).catch((reason: Error) => reason);
      seen.add(`${statements} ${(error as Error).message}`);
    }
    assert.equal(seen.size, 1, [...seen].join('\n'));
  });

  it('lets a person of a company whose contract asks for no second factor in by the password, and nobody of the carrier', async () => {
    const company = await makeCompany(world.deps);
    const { account } = await makeAccount(world.deps, { companyCode: company.code, app: false });
    const enter = () =>
      startPasswordSignIn(world.deps, {
        audience: 'company',
        email: account.email,
        password: PASSWORD,
        source: source(),
      });
    assert.equal((await enter()).step, 'enrolment');
    await sqlOf(world.deps.orm.em.fork())
      .updateTable('company')
      .set({ requiresSecondFactor: false })
      .where('id', '=', company.id)
      .execute();
    const step = await enter();
    assert.ok(step.step === 'signed-in' && step.proof.provenBy === 'password');
    const asStaff = {
      audience: 'staff',
      email: account.email,
      password: PASSWORD,
      source: source(),
    } as const;
    await assert.rejects(startPasswordSignIn(world.deps, asStaff), refusedTogether);
  });

  it('asks for a fresh factor again after five minutes before another factor is registered', async () => {
    const { account } = await makeAccount(world.deps);
    world.clock.advance(HALF_MINUTE);
    const proof = await signIn(account.email);
    world.clock.advance(5 * 60_000);
    await assert.rejects(startTotpEnrolment(world.deps, { proof }), { code: 'step-up-required' });
    const fresh = await stepUpWithTotp(world.deps, proof, { code: code(), source: source() });
    const seed = Buffer.from('abcdefghijklmnopqrst');
    await startTotpEnrolment(world.deps, { proof: fresh }, seed);
    world.clock.advance(HALF_MINUTE);
    // The former app works until the new one has shown a code.
    const still = await stepUpWithTotp(world.deps, proof, { code: code(), source: source() });
    const { proof: next, recoveryCodes } = await finishTotpEnrolment(
      world.deps,
      { proof: still },
      { code: code(seed), source: source() },
    );
    assert.deepEqual(recoveryCodes, []);
    assert.equal(await findSignedIn(world.deps, proof), undefined);
    assert.ok(await findSignedIn(world.deps, next));
    world.clock.advance(HALF_MINUTE);
    const former = stepUpWithTotp(world.deps, next, { code: code(), source: source() });
    await assert.rejects(former, { code: 'second-factor-refused' });
  });

  it('ends every session when the password is changed, and this one continues with a new proof', async () => {
    const { account } = await makeAccount(world.deps);
    world.clock.advance(HALF_MINUTE);
    const proof = await signIn(account.email);
    const wrong = { current: 'not-the-password', password: 'a-quite-different-one', source: source() };
    await assert.rejects(changePassword(world.deps, proof, wrong), refusedTogether);
    const input = { current: PASSWORD, password: 'a-quite-different-one', source: source() };
    const next = await changePassword(world.deps, proof, input);
    assert.equal(await findSignedIn(world.deps, proof), undefined);
    assert.ok(await findSignedIn(world.deps, next));
    await assert.rejects(first(account.email), refusedTogether);
    assert.equal((await first(account.email, 'a-quite-different-one')).step, 'second-factor');
  });

  it('sets a forgotten password by a mail, once, and still asks for the second factor', async () => {
    const { account } = await makeAccount(world.deps);
    await requestPasswordReset(world.deps, { audience: 'staff', email: account.email, source: source() });
    const token = await mailedToken(world.deps, 'account-password-reset', account.id);
    world.clock.advance(HALF_MINUTE);
    const proof = await signIn(account.email);
    const weak = resetPassword(world.deps, { audience: 'staff', token, password: 'password2026' });
    await assert.rejects(weak, { code: 'password-not-permitted' });
    const outcomes = await Promise.allSettled(
      ['one-new-password', 'another-new-one'].map((password) =>
        resetPassword(world.deps, { audience: 'staff', token, password }),
      ),
    );
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    const done = outcomes.find((outcome) => outcome.status === 'fulfilled');
    assert.equal(done?.value.step, 'second-factor');
    assert.equal(await findSignedIn(world.deps, proof), undefined);
  });

  it('takes the newest link of a forgotten password, for half an hour', async () => {
    const { account } = await makeAccount(world.deps);
    const ask = async () => {
      await requestPasswordReset(world.deps, { audience: 'staff', email: account.email, source: source() });
      return mailedToken(world.deps, 'account-password-reset', account.id);
    };
    const [older, newer] = [await ask(), await ask()];
    const password = 'one-new-password';
    const reset = (token: string, audience: 'company' | 'staff') =>
      resetPassword(world.deps, { audience, token, password });
    await assert.rejects(reset(older, 'staff'), { code: 'token-invalid' });
    // The site of companies is open to the world: no link of the carrier's people works there.
    await assert.rejects(reset(newer, 'company'), { code: 'token-invalid' });
    world.clock.advance(30 * 60_000);
    await assert.rejects(reset(newer, 'staff'), { code: 'token-invalid' });
  });

  it('answers a forgotten password the same for any address, with the same statements, five times', async () => {
    const { account } = await makeAccount(world.deps);
    const { account: invited } = await makeInvited(world.deps);
    const ask = (email: string) =>
      countStatements(world.deps, () =>
        requestPasswordReset(world.deps, { audience: 'staff', email, source: source() }),
      );
    const counts = [await ask(account.email), await ask(invited.email), await ask('nobody@people.example')];
    assert.equal(new Set(counts).size, 1, counts.join(', '));
    for (const email of [account.email, 'nobody@people.example']) {
      for (let n = 1; n <= 4; n += 1) await ask(email);
      await assert.rejects(ask(email), { code: 'sign-in-locked' });
    }
  });
});
