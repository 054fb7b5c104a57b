import type { PageSession } from '../../identity/page-session.ts';
import type { SignedInSubscriber } from '../../identity/subscriber.queries.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import { lineCheckOf } from '../patient-line-check.ts';
import type { Visit } from '../kit/visit.ts';

/** How long the line is taken to be the one it was, at the same address, on the pages of a subscriber. */
const PRESENCE_MS = 30 * 60_000;
/** The proof of these pages: valid for no purchase, which the checkout proves by itself. */
const PLACE = 'my';

type Whose = Pick<SignedInSubscriber, 'id' | 'lineId'>;

/** Whether the browser was connected through the line a short while ago, by a proof of these pages or of a checkout. */
export function wasOnLine(
  session: PageSession,
  { lineId, address, now }: Pick<Whose, 'lineId'> & { address: string; now: Date },
): boolean {
  const { lineProof } = session;
  if (!lineProof || lineProof.lineId !== lineId || lineProof.address !== address) return false;
  const ageMs = now.getTime() - lineProof.provenAt;
  return ageMs >= 0 && ageMs < PRESENCE_MS;
}

/**
 * Asks the AAA servers whether the browser is connected through the line now, and stores the proof. Within the bounds of the checkout:
 * a browser that has left its line asks with each request.
 */
export async function isOnLineNow(
  deps: ServiceDeps,
  { session, address }: Visit,
  { id: subscriberId, lineId }: Whose,
): Promise<boolean> {
  const question = { subscriberId, session: session.formToken ?? '', lineId, address };
  const found = await lineCheckOf(deps).outcomeOf(question);
  if (found.kind !== 'known' || found.outcome.kind !== 'accepted') return false;
  const { outcome } = found;
  session.lineProof = proofOf(deps, { lineId, address, server: outcome.server });
  return true;
}

/** The proof of a line that was just accepted. */
export function proofOf(
  { clock }: Pick<ServiceDeps, 'clock'>,
  proven: { readonly lineId: string; readonly address: string; readonly server: string },
): NonNullable<PageSession['lineProof']> {
  return { checkout: PLACE, ...proven, provenAt: clock.now().getTime() };
}
