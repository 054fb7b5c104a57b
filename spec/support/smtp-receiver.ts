import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A mail as a receiver got it: the envelope, and what its parser reads in it. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly parsed: Email;
}

/** What a receiver answers: nothing to accept, a reply to refuse, `DIE` to close the connection without a reply. */
export type Reply = string | undefined;
export const DIE = 'die';

interface Behaviour {
  /** Answers a recipient. */
  readonly onRecipient?: (address: string) => Reply;
  /** Answers a whole message; `DIE` after it was read: the sender cannot know whether it was taken. */
  readonly onMessage?: (mail: ReceivedMail) => Reply | Promise<Reply>;
}

export interface SmtpReceiver {
  /** For MAIL_SMTP_URL. */
  readonly url: string;
  /** All mails that were read to their end, whatever was answered. */
  readonly mails: readonly ReceivedMail[];
  behave(behaviour: Behaviour): void;
  /** Forgets the mails and accepts everything. */
  reset(): void;
  close(): Promise<void>;
}

/** A mail server on loopback that keeps what it gets. */
export async function startSmtpReceiver(port = 0): Promise<SmtpReceiver> {
  const mails: ReceivedMail[] = [];
  let behaviour: Behaviour = {};
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo({ address }, _, done) {
      done(refusal(behaviour.onRecipient?.(address)));
    },
    onData(stream, { envelope }, done) {
      void receive(stream, envelope, done);
    },
  });
  async function receive(
    stream: AsyncIterable<Buffer>,
    envelope: Envelope,
    done: (error: Error | null) => void,
  ) {
    const mail = await readMail(stream, envelope);
    mails.push(mail);
    const reply = await behaviour.onMessage?.(mail);
    if (reply === DIE) for (const socket of sockets) socket.destroy();
    else done(refusal(reply));
  }
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('error', () => {});
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    mails,
    behave: (next) => (behaviour = next),
    reset: () => {
      mails.length = 0;
      behaviour = {};
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

interface Envelope {
  readonly mailFrom: { readonly address: string } | false;
  readonly rcptTo: readonly { readonly address: string }[];
}

async function readMail(stream: AsyncIterable<Buffer>, envelope: Envelope): Promise<ReceivedMail> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  return {
    from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
    to: envelope.rcptTo.map(({ address }) => address),
    raw: bytes.toString('latin1'),
    parsed: await PostalMime.parse(bytes),
  };
}

/** `550 5.1.1 unknown` as the library wants a refusal. */
function refusal(reply: Reply): Error | null {
  if (reply === undefined) return null;
  const [, code = '', words = ''] = /^(\d{3}) (.*)$/.exec(reply) ?? [];
  return Object.assign(new Error(words), { responseCode: Number(code) });
}
