import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, beforeEach, describe, test } from 'node:test';
import PostalMime from 'postal-mime';
import { readMailServer } from '../../config/mail-server.rules.ts';
import { fileTransport } from '../../src/mails/file-transport.ts';
import type { OutgoingMail } from '../../src/mails/mail-transport.ts';
import { smtpTransport } from '../../src/mails/smtp-transport.ts';
import { readMailAddress } from '../../src/shared/mail-address.rules.ts';
import { startSmtpReceiver, type ReceivedMail, type SmtpReceiver } from '../support/smtp-receiver.ts';

let receiver: SmtpReceiver;
before(async () => (receiver = await startSmtpReceiver()));
after(() => receiver.close());
beforeEach(() => receiver.reset());

const mail: OutgoingMail = {
  id: '01JV0000000000000000000000',
  from: { name: '見本通信株式会社', address: 'no-reply@carrier.example' },
  to: 'hanako@mail.example',
  replyTo: null,
  language: 'ja',
  date: new Date('2026-05-10T03:00:00Z'),
  subject: 'ご購入の控え',
  text: '本文\n',
  html: '<p>本文</p>',
};

async function deliver(more: Partial<OutgoingMail>): Promise<ReceivedMail> {
  const transport = smtpTransport(readMailServer(receiver.url)!);
  try {
    await transport.send({ ...mail, ...more }, AbortSignal.timeout(30_000));
  } finally {
    transport.close();
  }
  return receiver.mails.at(-1)!;
}

/** A server that accepts anything and notes each line: the receiver's own parser takes fewer addresses than the standard. */
async function openScript() {
  const commands: string[] = [];
  const server = createServer((socket) => {
    let isData = false;
    socket.write('220 script\r\n');
    createInterface({ input: socket }).on('line', (line) => {
      commands.push(line);
      if (isData && line !== '.') return;
      isData = line === 'DATA';
      socket.write(isData ? '354 end with a dot\r\n' : '250 fine\r\n');
    });
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { commands, url: `smtp://127.0.0.1:${port}`, close: () => server.close() };
}

const headOf = ({ raw }: ReceivedMail) => raw.slice(0, raw.indexOf('\r\n\r\n'));
const namesOf = ({ parsed }: ReceivedMail) => parsed.headers.map(({ key }) => key).sort();

describe('the header of a mail', () => {
  test('is ASCII in lines of at most 78 characters, and its long Japanese subject is read as it was', async () => {
    const subject = `ご購入の控え（${'とても長い名前の動画配信サービス'.repeat(8)}、1,980円）`;
    const received = await deliver({ subject });
    assert.equal(received.parsed.subject, subject);
    assert.match(headOf(received), /^[\r\n\t -~]*$/);
    for (const line of headOf(received).split('\r\n')) assert.ok(line.length <= 78, line);
    // A character is never cut between two encoded words (RFC 2047 §5).
    for (const [, coded = ''] of headOf(received).matchAll(/=\?UTF-8\?B\?([^?]*)\?=/gi))
      assert.doesNotMatch(Buffer.from(coded, 'base64').toString('utf8'), /\uFFFD/);
  });

  test('names the carrier, its language, and that a program wrote it', async () => {
    const { parsed } = await deliver({});
    assert.deepEqual(parsed.from, { name: '見本通信株式会社', address: 'no-reply@carrier.example' });
    const headers = new Map(parsed.headers.map(({ key, value }) => [key, value]));
    assert.equal(headers.get('auto-submitted'), 'auto-generated');
    assert.equal(headers.get('content-language'), 'ja');
    assert.equal(headers.has('reply-to'), false);
  });

  const addresses = [
    'taro..taro.@docomo.ne.jp',
    '.taro@docomo.ne.jp',
    '"taro yamada"@mail.example',
    '"a@b"@mail.example',
    'taro@日本語.example',
  ];
  for (const typed of addresses) {
    test(`has the address ${typed} as the standard writes it, and so has the envelope`, async () => {
      const to = readMailAddress(typed)!;
      const { commands, url, close } = await openScript();
      const transport = smtpTransport(readMailServer(url)!);
      await transport.send({ ...mail, to }, AbortSignal.timeout(30_000));
      transport.close();
      close();
      assert.deepEqual(
        commands
          .filter((line) => /^(RCPT TO|To):/.test(line))
          .map((line) => line.replace(/^To: <?(.*?)>?$/, 'To: $1')),
        [`RCPT TO:<${to}>`, `To: ${to}`],
      );
    });
  }

  const attacks: [string, Partial<OutgoingMail>][] = [
    ['the subject', { subject: 'x\r\nBcc: all@mail.example\r\n\r\nbody' }],
    ['the name of the sender', { from: { name: 'x"\r\nBcc: all@mail.example', address: mail.from.address } }],
    [
      'a name with an address in it',
      { from: { name: 'x <all@mail.example>, y', address: mail.from.address } },
    ],
    ['the text', { text: '.\r\nMAIL FROM:<a@mail.example>\r\nRCPT TO:<all@mail.example>\r\n.\r\n' }],
  ];
  for (const [where, attack] of attacks) {
    test(`gets no other line and no other recipient from ${where}`, async () => {
      const usual = namesOf(await deliver({}));
      const received = await deliver(attack);
      assert.deepEqual(received.to, ['hanako@mail.example']);
      assert.deepEqual(namesOf(received), usual);
      assert.equal(received.parsed.bcc, undefined);
      assert.deepEqual(received.parsed.from?.address, 'no-reply@carrier.example');
      assert.equal(receiver.mails.length, 2);
    });
  }

  const wrong: Partial<OutgoingMail>[] = [
    { to: 'hanako@mail.example\r\nRCPT TO:<all@mail.example>' },
    { to: 'hanako@mail.example, all@mail.example' },
    { replyTo: 'a@mail.example\r\nBcc: all@mail.example' },
  ];
  for (const address of wrong) {
    test(`is not sent at all with ${JSON.stringify(address)}`, async () => {
      await assert.rejects(deliver(address), { code: 'EENVELOPE' });
      assert.equal(receiver.mails.length, 0);
    });
  }
});

describe('a mail server elsewhere', () => {
  test('gets nothing without TLS: neither the mail nor the password', async () => {
    const server = {
      ...readMailServer(receiver.url)!,
      isThisMachine: false,
      user: 'tabane',
      password: 's3cret',
    };
    const transport = smtpTransport(server);
    await assert.rejects(transport.send(mail, AbortSignal.timeout(30_000)), {
      code: /ETLS|ECONNECTION|EPROTOCOL/,
    });
    transport.close();
    assert.equal(receiver.mails.length, 0);
  });

  test('that accepts a connection and is silent is given up by the signal', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const transport = smtpTransport(readMailServer(`smtp://127.0.0.1:${port}`)!);
    await assert.rejects(transport.send(mail, AbortSignal.timeout(100)));
    transport.close();
    silent.close();
  });
});

describe('in development', () => {
  test('a mail becomes a file that a mail program reads, one for each mail however often it is sent', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tabane-mails-'));
    const transport = fileTransport(folder);
    await transport.send(mail, AbortSignal.timeout(30_000));
    await transport.send(mail, AbortSignal.timeout(30_000));
    const names = await readdir(join(folder, 'mails'));
    assert.deepEqual(names, [`2026-05-10-${mail.id}.eml`]);
    const parsed = await PostalMime.parse(await readFile(join(folder, 'mails', names[0]!)));
    assert.deepEqual([parsed.subject, parsed.text, parsed.html], [mail.subject, mail.text, mail.html]);
    await rm(folder, { recursive: true });
  });
});
