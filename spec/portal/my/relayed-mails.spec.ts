import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { parseConfig } from '../../../config/config.ts';
import { jobActor } from '../../../src/access/actor.ts';
import type { Deps } from '../../../src/deps.ts';
import { sendMails } from '../../../src/mails/send-mails.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { formToken, PageClient } from '../../support/page-client.ts';
import { startSmtpReceiver, type ReceivedMail, type SmtpReceiver } from '../../support/smtp-receiver.ts';
import { openContactSite, type ContactSite } from './contact-site.ts';
import type { Person } from './my-site.ts';

const FROM = 'no-reply@carrier.example';
const COMPANY = 'support@shop.example';
const HOLDER = 'hanako@holder.example';

/** The link of a mail to a company. */
const linkIn = ({ parsed }: ReceivedMail) =>
  new URL(/https?:\S+\/answers\/\S+/.exec(parsed.text!)![0]).pathname;

/** One mail to one address, with no header and no recipient that its writer has chosen. */
const assertPlain = ({ raw, parsed, from, to }: ReceivedMail, expected: string) => {
  assert.deepEqual([from, to], [FROM, [expected]]);
  assert.deepEqual(
    parsed.headers.map(({ key }) => key).filter((key) => ['bcc', 'cc', 'reply-to', 'x-evil'].includes(key)),
    [],
  );
  assert.equal(parsed.from?.address, FROM);
  assert.equal(parsed.to?.length, 1);
  for (const line of raw.split('\r\n')) assert.ok(line.length <= 998, 'a line is as short as RFC 5322 says');
  assert.doesNotMatch(raw.replaceAll('\r\n', ''), /[\r\n]/);
};

describe('messages between a subscriber and a company, through a mail server', () => {
  let receiver: SmtpReceiver;
  let site: ContactSite;
  let deps: Deps;
  let taro: Person;
  let client: PageClient;
  let song: string;
  before(async () => {
    receiver = await startSmtpReceiver();
    site = await openContactSite();
    const { mail } = parseConfig({ MAIL_SMTP_URL: receiver.url, MAIL_FROM: FROM });
    deps = { ...site.world.deps, config: { ...site.world.config, mail } };
  });
  after(async () => {
    await receiver.close();
    await site.close();
  });
  beforeEach(async () => {
    receiver.reset();
    [, taro] = (await site.newLine(['花子', '太郎'])) as [Person, Person];
    song = await site.use(taro, 1_100n, { description: '映画' });
    client = await site.signIn(taro);
  });

  const submit = async (browser: PageClient, path: string, fields: Record<string, string>) => {
    const { text } = await browser.get(`${site.origin}${path}`);
    return browser.post(`${site.origin}${path}`, { form_token: formToken(text), ...fields });
  };
  const write = (text: string) =>
    submit(client, `/my/purchases/${publicId('charge', song)}/message`, { topic: 'refund', text });
  const receive = async (): Promise<ReceivedMail> => {
    await sendMails(deps, jobActor('send-mails'), {});
    return receiver.mails.at(-1)!;
  };

  it('live through a question, its answer, and another question, and neither side learns an address', async () => {
    const { location } = await write('It stops.\nCan I have my money back?');
    const asked = await receive();
    assertPlain(asked, COMPANY);
    assert.match(asked.parsed.text!, /> It stops\.\n> Can I have my money back\?/);
    for (const secret of [HOLDER, '太郎', '東西', taro.issuedId, taro.buyer.lineId])
      for (const part of [asked.parsed.text!, asked.parsed.html!, asked.parsed.subject!])
        assert.ok(!part.includes(secret), secret);

    const company = new PageClient();
    assert.equal((await submit(company, linkIn(asked), { text: 'Yes, of course.' })).status, 303);
    const answered = await receive();
    assertPlain(answered, HOLDER);
    assert.match(answered.parsed.text!, /> Yes, of course\./);
    assert.ok(answered.parsed.text!.includes(`${site.origin}${location}`));
    for (const part of [answered.parsed.text!, answered.parsed.html!, answered.raw])
      assert.ok(!part.includes(COMPANY), 'the address of the company');
    assert.ok((await client.get(`${site.origin}${location}`)).text.includes('Yes, of course.'));

    assert.equal((await submit(client, location!, { text: 'Thank you.' })).status, 303);
    const again = await receive();
    assert.notEqual(linkIn(again), linkIn(asked));
    assert.equal(receiver.mails.length, 3);
  });

  const attacks: readonly [string, string][] = [
    ['headers after line breaks', 'x\r\nBcc: victim@mail.example\r\nX-Evil: 1\r\n\r\nspam'],
    [
      'the end of a message',
      'x\r\n.\r\nMAIL FROM:<evil@mail.example>\r\nRCPT TO:<victim@mail.example>\r\nDATA\r\nspam\r\n.',
    ],
    ['lone carriage returns', 'x\rBcc: victim@mail.example\r.\r'],
    ['line ends of Unicode', 'x\u2028Bcc: victim@mail.example\u2029y\u0085z'],
    ['a word of 2,000 characters', 'w'.repeat(2_000)],
    ['2,000 characters of three bytes', 'あ'.repeat(2_000)],
    ['a boundary of parts', '----_NmP-1\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>'],
    ['HTML', '<script>alert(1)</script><img src=x onerror=alert(1)>'],
  ];
  for (const [name, text] of attacks) {
    it(`stay one plain mail with ${name}`, async () => {
      const { location } = await write(text);
      const asked = await receive();
      assertPlain(asked, COMPANY);
      assert.equal(receiver.mails.length, 1);
      assert.doesNotMatch(asked.parsed.html!, /<script|<img[^>]* onerror/);
      const company = new PageClient();
      assert.equal((await submit(company, linkIn(asked), { text })).status, 303);
      const answered = await receive();
      assertPlain(answered, HOLDER);
      assert.equal(receiver.mails.length, 2);
      assert.doesNotMatch(answered.parsed.html!, /<script|<img[^>]* onerror/);
      assert.doesNotMatch((await client.get(`${site.origin}${location}`)).text, /<script>alert|<img src=x/);
    });
  }
});
