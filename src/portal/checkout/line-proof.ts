import type { ServiceDeps } from '../../service-deps.ts';
import type { LineProof } from '../../identity/page-session.ts';
import { sourceKeyOf } from '../../identity/source-key.rules.ts';
import type { SignedInSubscriber } from '../../identity/subscriber.queries.ts';
import { reportEvent } from '../../security/report-event.ts';
import type { Visit } from '../kit/visit.ts';
import type { BoundedOutcome } from '../bounded-line-check.ts';
import { lineCheckOf } from '../patient-line-check.ts';

/** A line that is proven: which AAA server accepted it, and when. */
export interface ProvenLine {
  readonly kind: 'accepted';
  readonly server: string;
  readonly provenAt: Date;
}

/** Why a line is not proven. */
export type NotProven = Exclude<BoundedOutcome, { kind: 'accepted' }>;

/** The AAA servers have not answered yet. */
export interface Pending {
  readonly kind: 'pending';
}

interface Proving {
  readonly checkout: string;
  readonly subscriber: SignedInSubscriber;
  /** After this, `pending`; left out: as long as the servers take. */
  readonly waitMs?: number;
  /** A refusal stays for the next request, which shows it. */
  readonly leaveRefusal?: boolean;
}

/** How long a proof is valid for the same page and address. */
export const LINE_PROOF_MS = 5 * 60_000;

/**
 * Proves that this browser is connected through the subscriber's line. A proof is valid for some minutes and for one
 * session, checkout, line and address; otherwise the AAA servers are asked again, as often as the bounds permit. Only
 * `accepted` allows a purchase.
 */
export async function proveLine(
  deps: ServiceDeps,
  { session, address, requestId }: Visit,
  { checkout, subscriber, waitMs, leaveRefusal = false }: Proving,
): Promise<ProvenLine | NotProven | Pending> {
  const { id: subscriberId, lineId } = subscriber;
  const wanted = { checkout, lineId, address };
  const earlier = session.lineProof;
  if (isStillGood(earlier, wanted, deps.clock.now())) return provenBy(earlier);
  delete session.lineProof;
  const asked = { subscriberId, session: session.formToken ?? '', lineId, address };
  const found = await lineCheckOf(deps).outcomeOf(asked, { waitMs, leaveRefusal });
  if (found.kind === 'pending') return found;
  const { outcome, at } = found;
  if (outcome.kind === 'accepted') {
    const proof = { ...wanted, server: outcome.server, provenAt: at.getTime() };
    session.lineProof = proof;
    return provenBy(proof);
  }
  logNotProven(deps, requestId, outcome);
  if (outcome.kind === 'refused') reportLineRefused(deps, { ...wanted, requestId }, outcome);
  return outcome;
}

function provenBy({ server, provenAt }: LineProof): ProvenLine {
  return { kind: 'accepted', server, provenAt: new Date(provenAt) };
}

interface Refused {
  readonly lineId: string;
  readonly address: string;
  readonly requestId: string;
}

function reportLineRefused(
  deps: ServiceDeps,
  { lineId, address, requestId }: Refused,
  outcome: Extract<NotProven, { kind: 'refused' }>,
): void {
  const subjects = { line: lineId, source: sourceKeyOf(address) };
  if (outcome.reason !== 'contradicted') {
    reportEvent(deps, 'security.line_refused', { subjects, facts: { requestId } });
    return;
  }
  reportEvent(deps, 'security.radius_reply_contradicted', {
    subjects: { ...subjects, radius_server: outcome.server },
    facts: { requestId, attribute: outcome.attribute },
  });
}

function logNotProven({ log }: Pick<ServiceDeps, 'log'>, requestId: string, outcome: NotProven): void {
  if (outcome.kind === 'limited') {
    log.info({ requestId, scope: outcome.scope }, 'line-check-limited');
    return;
  }
  log.info({ requestId, outcome: outcome.kind, reason: outcome.reason }, 'line-not-proven');
  if (outcome.reason !== 'contradicted') return;
  const { server, attribute } = outcome;
  log.warn({ requestId, server, attribute }, 'line-check-contradicted');
}

/** Whether an earlier proof is still valid. */
export function isStillGood(
  proof: LineProof | undefined,
  wanted: Omit<LineProof, 'provenAt' | 'server'>,
  now: Date,
): proof is LineProof {
  // A session from before an upgrade does not name the server.
  if (proof?.server === undefined) return false;
  const ageMs = now.getTime() - proof.provenAt;
  const isFresh = ageMs >= 0 && ageMs < LINE_PROOF_MS;
  const isSame =
    proof.checkout === wanted.checkout && proof.lineId === wanted.lineId && proof.address === wanted.address;
  return isFresh && isSame;
}
