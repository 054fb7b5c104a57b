import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { composeIssuedId } from '../../../src/identity/issued-id.rules.ts';
import {
  requestPasswordCode,
  resetForgottenPassword,
} from '../../../src/identity/reset-forgotten-password.ts';
import type { Problem } from '../../../src/shared/problem.ts';
import { issueSubscriber } from '../../../src/identity/issue-subscriber.ts';
import { staff } from '../../support/actors.ts';
import { makeLine } from '../../support/factories.ts';
import { readMailsOf, renderQueued } from '../../support/mailbox.ts';
import { createWorld, type World } from '../../support/world.ts';

/** Well-formed, and nobody's. */
const UNKNOWN_ID = composeIssuedId(() => 7);
const NEW_PASSWORD = '夜空に星がひとつ';

const timeOf = async (work: Promise<unknown>) => {
  const startedAt = performance.now();
  await work;
  return performance.now() - startedAt;
};

describe('a stranger who has issued IDs to try', () => {
  let world: World;
  let known: string;
  let withoutMail: string;
  before(async () => {
    world = await createWorld();
    const newId = async (email: string | null) => {
      const { lineId } = await makeLine(world.deps, { holder: { email } });
      const { subscriber } = await issueSubscriber(world.deps, staff(), { lineId, displayName: '花子' });
      return subscriber.issuedId;
    };
    [known, withoutMail] = [await newId('hanako@example.jp'), await newId(null)];
  });
  after(() => world.close());

  let source = 0;
  const browser = (userAgent = 'Spec/1') => ({ address: `192.0.2.${(source += 1)}`, userAgent });
  const ask = (issuedId: string, userAgent?: string) =>
    requestPasswordCode(world.deps, { issuedId, ...browser(userAgent) });
  const guess = (issuedId: string) =>
    resetForgottenPassword(world.deps, {
      issuedId,
      code: 'none',
      newPassword: NEW_PASSWORD,
      ...browser(),
    }).then(
      () => assert.fail('a wrong code was taken'),
      ({ code, facts }: Problem) => ({ code, facts }),
    );

  it('learns nothing from what a wrong code is answered with, after a code was asked for', async () => {
    for (const issuedId of [known, withoutMail, UNKNOWN_ID]) await ask(issuedId);
    for (let n = 1; n <= 6; n += 1) {
      const answers = [await guess(known), await guess(withoutMail), await guess(UNKNOWN_ID)];
      assert.deepEqual(answers[0], answers[1]);
      assert.deepEqual(answers[0], answers[2]);
      assert.equal(answers[0]!.code, n <= 5 ? 'code-refused' : 'sign-in-locked');
    }
  });

  it('waits as long for the answer about an ID that exists as for any other', async () => {
    world.clock.advance(3_600_000);
    for (const issuedId of [known, withoutMail, UNKNOWN_ID]) {
      assert.ok((await timeOf(ask(issuedId))) >= 290, 'the request');
      assert.ok((await timeOf(guess(issuedId))) >= 290, 'the code');
    }
  });

  it("writes nothing of their own into the carrier's mail", async () => {
    world.clock.advance(3_600_000);
    await ask(known, 'アカウント停止中 https://evil.example/ へ Firefox/128.0 <b>');
    const mail = (await readMailsOf(world.deps, 'password-reset-code')).at(-1)!;
    const { text, html } = renderQueued(world.deps, mail);
    for (const written of [text, html]) {
      assert.ok(!written.includes('evil.example'), written);
      assert.ok(written.includes('Firefox'));
    }
  });
});
