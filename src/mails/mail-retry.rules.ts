const SECOND_MS = 1000;
const FIRST_PAUSE_MS = 10 * SECOND_MS;
const MAX_PAUSE_MS = 3_600 * SECOND_MS;
const MAX_OUTAGE_PAUSE_MS = 60 * SECOND_MS;

/** How an attempt has failed; see `judgeSmtpFailure`. */
export type MailFailure = 'unavailable' | 'later' | 'refused' | 'bounced';

/**
 * How long a mail waits after its `attempts`th attempt: 10 s, 30 s, 1.5 min and so on to an hour, as a receiver that defers first
 * mails expects (greylisting takes some minutes). While our own server is unavailable at most a minute, because nothing is
 * wrong with the mail. `random` in [0, 1) spreads mails that failed together over half of the pause.
 */
export function pauseBeforeRetry(failure: MailFailure, attempts: number, random: number): number {
  const pause = Math.min(FIRST_PAUSE_MS * 3 ** Math.min(attempts - 1, 20), MAX_PAUSE_MS);
  const longest = failure === 'unavailable' ? Math.min(pause, MAX_OUTAGE_PAUSE_MS) : pause;
  return Math.round(longest * (0.75 + random / 2));
}

interface SmtpError {
  readonly code?: unknown;
  readonly command?: unknown;
  readonly responseCode?: unknown;
  readonly response?: unknown;
}

/** Enhanced status codes (RFC 3463) that blame the address: no such mailbox or domain, a disabled or moved one. */
const BLAMES_ADDRESS = /^5\d\d[ -]5\.(?:1\.(?:[0-36]|10)|2\.1|4\.4)\b/;
/** Codes that blame something else even in answer to the recipient: a full mailbox, policy, authentication. */
const BLAMES_OTHERS = /^5\d\d[ -]5\.(?:2\.[2-4]|3|5|6|7)/;
/** Errors about the message itself; every other code of nodemailer, Node or the file system is about the way to the server. */
const OF_MESSAGE = new Set(['EENVELOPE', 'EMESSAGE']);
/** A greeting 421 closes the connection; 530 wants a sign-in, 535 refuses it. */
const OF_CONNECTION = new Set([421, 530, 535]);
const TOO_LARGE = 552;

/**
 * What a failed attempt means.
 *
 * - `unavailable`: no server to talk to, or it does not take mails from us; says nothing of this mail
 * - `later`: refused for now (4xx)
 * - `refused`: refused for good (5xx) for what the mail is: content, policy, a full mailbox
 * - `bounced`: refused for good because of its address
 */
export function judgeSmtpFailure(error: unknown): MailFailure {
  const { code, command, responseCode, response } = (error ?? {}) as SmtpError;
  if (typeof code !== 'string') return 'later';
  if (!OF_MESSAGE.has(code)) return 'unavailable';
  if (typeof responseCode !== 'number') return 'refused';
  if (OF_CONNECTION.has(responseCode)) return 'unavailable';
  if (responseCode < 500) return 'later';
  // Our own address is refused, which every mail has.
  if (command === 'MAIL FROM' && responseCode !== TOO_LARGE) return 'unavailable';
  const words = typeof response === 'string' ? response : '';
  if (BLAMES_ADDRESS.test(words)) return 'bounced';
  return command === 'RCPT TO' && !BLAMES_OTHERS.test(words) ? 'bounced' : 'refused';
}

/** A failure as a log may show it: codes only, because a server's words may quote an address. */
export function nameSmtpFailure(error: unknown): string {
  const { code, command, responseCode } = (error ?? {}) as SmtpError;
  return [code, command, responseCode]
    .filter((part) => typeof part === 'string' || typeof part === 'number')
    .join(' ');
}

/** Why an attempt failed, for the row of the mail: the server's words, which may quote its address. */
export function describeSmtpFailure(error: unknown): string {
  const { response, message } = (error ?? {}) as SmtpError & { readonly message?: unknown };
  const words = typeof response === 'string' && response !== '' ? response : String(message ?? error);
  return words.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 300);
}
