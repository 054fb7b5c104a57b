import type { ConfirmedOnPage } from '../../checkout/record-confirmation.ts';
import type { Deps } from '../../deps.ts';
import type { SignedInSubscriber } from '../../identity/subscriber.queries.ts';
import type { Locale } from '../../shared/money.ts';
import type { Visit } from '../kit/visit.ts';
import type { ProvenLine } from './line-proof.ts';
import { describeShown, type ShownOffer } from './shown-order.ts';
import { templateVersion } from './template-version.ts';

interface Confirming {
  readonly offer: ShownOffer;
  readonly person: SignedInSubscriber;
  readonly line: ProvenLine;
  readonly shownIn: Locale;
}

/** What a posted confirmation confirms: the texts as its page showed them, and both proofs. */
export function confirmedOnPage(
  deps: Deps,
  { address, session }: Visit,
  { offer, person, line: { server, provenAt }, shownIn }: Confirming,
): ConfirmedOnPage {
  return {
    issuedId: person.issuedId,
    texts: { ...describeShown(deps, offer, shownIn) },
    language: shownIn,
    templateVersion,
    address,
    provenBy: session.provenBy ?? 'password',
    line: { server, answer: 'accept', provenAt },
  };
}
