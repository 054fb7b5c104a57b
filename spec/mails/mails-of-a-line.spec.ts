import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { jobActor } from '../../src/access/actor.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { endSubscriber } from '../../src/identity/end-subscriber.ts';
import { setPassword } from '../../src/identity/set-password.ts';
import { sendMails } from '../../src/mails/send-mails.ts';
import { setSpendingNotices } from '../../src/safeguards/set-spending-notices.ts';
import type { Locale } from '../../src/shared/money.ts';
import { cancelSubscription } from '../../src/subscriptions/cancel-subscription.ts';
import { SellingTerms } from '../charges/selling.ts';
import { noonOf, renewNightly, subscribe } from '../subscriptions/subscribing.ts';
import { signedIn, staff } from '../support/actors.ts';
import { makeSale, makeSubscriber } from '../support/factories.ts';
import { startSmtpReceiver, type SmtpReceiver } from '../support/smtp-receiver.ts';
import { createWorld, type World } from '../support/world.ts';

let receiver: SmtpReceiver;
let world: World;
before(async () => {
  receiver = await startSmtpReceiver();
  world = await createWorld({ MAIL_SMTP_URL: receiver.url, MAIL_FROM: 'no-reply@carrier.example' });
});
after(async () => {
  await receiver.close();
  await world.close();
});

/** What a line goes through from a purchase to an ended ID; the mails of it are sent as they come. */
async function live(language: Locale): Promise<void> {
  const { deps, clock } = world;
  receiver.reset();
  clock.set(noonOf('2026-03-15'));
  const sale = await makeSale(deps);
  const { lineId } = sale.line;
  const db = sqlOf(deps.orm.em.fork());
  await db
    .updateTable('line_holder')
    .set({ email: 'hanako@mail.example' })
    .where('lineId', '=', lineId)
    .execute();
  const isHolder = { isHolder: true, language } as const;
  await db.updateTable('subscriber').set(isHolder).where('id', '=', sale.subscriber.id).execute();
  const child = await makeSubscriber(deps, { lineId, slot: 2, displayName: '太郎' });
  const holder = signedIn(sale.buyer, { isHolder: true });
  await setSpendingNotices(deps, holder, { amounts: [], everyPurchase: true });
  await new SellingTerms(world, sale).authorize(700n, { automaticCapture: true });
  const { id } = await subscribe(deps, sale, { chargeDay: 10, firstMonthFree: true });
  await sendAll();
  await renewNightly(world, '2026-04-10', '2026-04-10');
  await cancelSubscription(deps, holder, { subscriptionId: id });
  await setPassword(deps, staff(), { issuedId: child.issuedId, password: { generate: true } });
  await endSubscriber(deps, staff(), { issuedId: child.issuedId });
  await sendAll();
}

/** Sends what is queued: weeks later it would be given up. */
async function sendAll(): Promise<void> {
  while ((await sendMails(world.deps, jobActor('send-mails'), {})).sent > 0);
}

/** What each mail says, by its subject. */
const expected: Readonly<Record<Locale, readonly (readonly [subject: RegExp, ...words: RegExp[]])[]>> = {
  ja: [
    [/ご購入の控え/, /700円/, /映画「海の底」/],
    [/お申し込みを承りました/, /1,100円/, /ご加入の月は無料です/, /2026年4月10日/, /見放題プラン/],
    [/無料期間が終わり/, /1,100円/, /2026年4月分/],
    [/ご解約を承りました/, /今後のご請求はありません/, /2026年4月30日/],
    [/パスワード/, /窓口/],
    [/発行IDの利用を終了/, /太郎/],
  ],
  en: [
    [/Your receipt/, /700/],
    [/has started/, /1,100/, /first month is free/, /10 April 2026|April 10, 2026/],
    [/free month is over/, /1,100/, /April 2026/],
    [/is cancelled/, /Nothing more will be charged/],
    [/password/i, /support centre/i],
    [/issued ID was ended/, /太郎/],
  ],
};

describe('the holder of a line reads in the mail server of their own', () => {
  for (const language of ['ja', 'en'] as const) {
    it(`each mail of what happens on the line, once and in ${language}`, async () => {
      await live(language);
      for (const [subject, ...words] of expected[language]) {
        const found = receiver.mails.filter(({ parsed }) => subject.test(parsed.subject ?? ''));
        assert.equal(found.length, 1, String(subject));
        const [{ to, parsed }] = found as [(typeof found)[number]];
        assert.deepEqual(to, ['hanako@mail.example']);
        for (const word of words) {
          assert.match(parsed.text ?? '', word);
          assert.match(parsed.html ?? '', word);
        }
      }
      assert.equal(receiver.mails.length, expected[language].length + 1, 'and that the notices were changed');
    });
  }
});
