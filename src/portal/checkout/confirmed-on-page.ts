import type { Context } from 'koa';
import type { ConfirmedOnPage } from '../../checkout/record-confirmation.ts';
import type { Deps } from '../../deps.ts';
import { sessionOf } from '../../identity/page-sessions.ts';
import type { SignedInSubscriber } from '../../identity/subscriber.queries.ts';
import { formField } from '../../shared/form-field.ts';
import type { Locale } from '../../shared/money.ts';
import { languages } from '../messages/translate.ts';
import { frameOf } from '../kit/page.ts';
import type { ProvenLine } from './line-proof.ts';
import { describeShown, type ShownOffer } from './shown-order.ts';
import { templateVersion } from './template-version.ts';

/** The field of the form that says in which language its page was. */
export const SHOWN_IN = 'shown_in';

interface Confirming {
  readonly offer: ShownOffer;
  readonly person: SignedInSubscriber;
  readonly line: ProvenLine;
}

/** What a posted confirmation confirms: the texts as its page showed them, and both proofs. */
export function confirmedOnPage(deps: Deps, ctx: Context, confirming: Confirming): ConfirmedOnPage {
  const { offer, person, line } = confirming;
  const language = languageShown(ctx);
  const { server, provenAt } = line;
  return {
    issuedId: person.issuedId,
    texts: { ...describeShown(deps, offer, language) },
    language,
    templateVersion,
    address: ctx.ip,
    provenBy: sessionOf(ctx).provenBy ?? 'password',
    line: { server, answer: 'accept', provenAt },
  };
}

/** The language may have been changed in another tab since. */
function languageShown(ctx: Context): Locale {
  const given = formField(ctx, SHOWN_IN);
  return languages.find((language) => language === given) ?? frameOf(ctx).language;
}
