import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { claimMails, type Claim } from './claim-mails.ts';
import { describeSmtpFailure, judgeSmtpFailure, nameSmtpFailure } from './mail-retry.rules.ts';
import { openMailTransport, type MailTransport, type OutgoingMail } from './mail-transport.ts';
import type { Mail } from './mail.entity.ts';
import { readAttachment } from './mail-attachment.ts';
import { prepareMail } from './prepare-mail.ts';
import { giveUpMails, recordMailOutcome, releaseMails, type MailOutcome } from './record-mail-outcome.ts';

/** Time limit of one mail, shorter than a lease: a process never sends what another may have taken. */
const SEND_TIMEOUT_MS = 60_000;
const CONCURRENT_MAILS = 4;

/** What a pass did. */
export interface SentMails {
  readonly sent: number;
  /** To be tried again. */
  readonly postponed: number;
  /** Refused for good, or given up. */
  readonly failed: number;
}

interface SendOptions {
  readonly stopping?: AbortSignal;
  /** Opens the transport of the settings by default. */
  readonly open?: (config: Deps['config']) => Promise<MailTransport>;
}

/** The mail server cannot be used, so that no mail of this pass could be sent. */
export class MailServerUnavailable extends Error {
  override readonly name = 'MailServerUnavailable';
}

/**
 * Sends the mails that are due, until there are none. Any number of processes may do so at once: each mail has one lease.
 *
 * Each once, as far as SMTP allows. The mail is claimed and committed, then sent, then marked as sent; a row is sent once, and what
 * is queued under one dedupe key is one row. A process that dies between the server's answer and the mark leaves a mail that
 * is sent again after its lease: no protocol tells whether the server took it. That one has the same Message-ID and date,
 * by which mail servers and programs recognise a second copy.
 * @throws MailServerUnavailable if nothing could be sent, so that the loop counts as failing; every mail is back in the queue then.
 */
export async function sendMails(deps: Deps, actor: Actor, options: SendOptions = {}): Promise<SentMails> {
  authorize(actor, 'mails:send');
  const { stopping, open = openMailTransport } = options;
  const counts = { sent: 0, postponed: 0, failed: await giveUpMails(deps) };
  let transport: MailTransport | undefined;
  try {
    for (;;) {
      if (stopping?.aborted) break;
      const claim = await claimMails(deps);
      if (claim.mails.length === 0) break;
      transport ??= await open(deps.config);
      const unavailable = await sendClaimed(deps, transport, { claim, counts, stopping });
      if (unavailable === undefined) continue;
      if (counts.sent === 0)
        throw new MailServerUnavailable(`The mail server cannot be used: ${unavailable}`);
      break;
    }
  } finally {
    transport?.close();
  }
  return counts;
}

type FailedOutcome = Extract<MailOutcome, { readonly kind: 'failed' }>;

interface Sending {
  readonly claim: Claim;
  readonly counts: { sent: number; postponed: number; failed: number };
  readonly stopping: AbortSignal | undefined;
}

/**
 * Sends what was claimed, several at a time. A mail that cannot get through puts the server in doubt, and no further one is begun until
 * those that are on their way have ended. If one of the claim was sent, the mail itself is at fault (a receiver that hangs, a server that
 * breaks off at what is in it): it waits longer each time, like any that is refused for now, and the others go on. If none was, the server
 * is away: the rest goes back. Returns why, if so.
 */
async function sendClaimed(
  deps: Deps,
  transport: MailTransport,
  sending: Sending,
): Promise<string | undefined> {
  const { claim, counts, stopping } = sending;
  const untried = [...claim.mails];
  const doubted: { readonly mail: Mail; readonly outcome: FailedOutcome }[] = [];
  let hasSent = false;
  const record = async (mail: Mail, outcome: MailOutcome) => {
    const isRecorded = await recordMailOutcome(deps, claim, mail, outcome);
    if (isRecorded) counts[countOf(outcome)] += 1;
    else deps.log.warn({ mail: mail.id, outcome: outcome.kind }, 'mail-lease-lost');
  };
  const sendInTurn = async () => {
    for (;;) {
      if (stopping?.aborted || (doubted.length > 0 && !hasSent) || !isLeaseEnough(deps, claim)) return;
      const mail = untried.shift();
      if (mail === undefined) return;
      const outcome = await attempt(deps, transport, mail);
      hasSent ||= outcome.kind === 'sent';
      if (outcome.kind === 'sent' || outcome.failure !== 'unavailable') await record(mail, outcome);
      else if (hasSent) await record(mail, { ...outcome, failure: 'later' });
      else doubted.push({ mail, outcome });
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT_MAILS }, sendInTurn));
  for (const { mail, outcome } of doubted)
    await record(mail, hasSent ? { ...outcome, failure: 'later' } : outcome);
  await releaseMails(deps, claim, untried);
  return hasSent ? undefined : doubted[0]?.outcome.name;
}

function isLeaseEnough({ clock }: Deps, { until }: Claim): boolean {
  return until.getTime() - clock.now().getTime() > SEND_TIMEOUT_MS;
}

function countOf(outcome: MailOutcome): keyof SentMails {
  if (outcome.kind === 'sent') return 'sent';
  return outcome.failure === 'refused' || outcome.failure === 'bounced' ? 'failed' : 'postponed';
}

async function attempt(deps: Deps, transport: MailTransport, mail: Mail): Promise<MailOutcome> {
  let outgoing: OutgoingMail;
  try {
    outgoing = prepareMail(deps, mail);
  } catch (err) {
    // Its facts do not fit its kind any more, or TABANE_SECRET has changed: no later attempt is better.
    deps.log.error({ err, mail: mail.id, kind: mail.kind }, 'mail-not-rendered');
    return { kind: 'failed', failure: 'refused', error: 'it could not be written', name: '' };
  }
  const attached = await readAttachment(deps, mail).catch((err: unknown) => {
    deps.log.error({ err, mail: mail.id, kind: mail.kind }, 'mail-attachment-missing');
    return undefined;
  });
  // Written again by a job or a person, and then it goes out.
  if (!attached) return { kind: 'failed', failure: 'later', error: 'its attachment is missing', name: '' };
  outgoing = { ...outgoing, ...attached };
  try {
    await transport.send(outgoing, AbortSignal.timeout(SEND_TIMEOUT_MS));
    return { kind: 'sent' };
  } catch (error) {
    const [failure, name] = [judgeSmtpFailure(error), nameSmtpFailure(error)];
    if (failure !== 'unavailable')
      deps.log.info({ mail: mail.id, kind: mail.kind, failure, name }, 'mail-refused');
    return { kind: 'failed', failure, name, error: describeSmtpFailure(error) };
  }
}
