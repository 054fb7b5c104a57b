import type { Config } from '../../config/config.ts';

/** A mail that is ready to be sent. */
export interface OutgoingMail {
  /** Identifier of its row; the Message-ID is made of it. */
  readonly id: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly replyTo: string | null;
  readonly language: 'ja' | 'en';
  /** When it was queued: the same at each attempt. */
  readonly date: Date;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments?: readonly { readonly filename: string; readonly content: Buffer }[];
}

/** Hands mails to somebody who delivers them. */
export interface MailTransport {
  /** Resolves once the mail is accepted. @throws what `judgeSmtpFailure` judges. */
  send(mail: OutgoingMail, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** The mail server of the settings; without one, which only development may be, files below FILES_DIR/mails. */
export async function openMailTransport(config: Pick<Config, 'mail' | 'filesDir'>): Promise<MailTransport> {
  const { server } = config.mail;
  if (server === undefined) {
    const { fileTransport } = await import('./file-transport.ts');
    return fileTransport(config.filesDir);
  }
  const { smtpTransport } = await import('./smtp-transport.ts');
  return smtpTransport(server);
}
