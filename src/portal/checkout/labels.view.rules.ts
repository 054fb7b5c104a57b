import { formatIssuedId } from '../../identity/issued-id.rules.ts';
import type { SignedInSubscriber } from '../../identity/subscriber.queries.ts';
import type { ViewFrame } from '../kit/define-page.ts';
import type { OpenedCheckout } from './checkout.queries.ts';

/** The link to the seller, by its name. */
export function backLabel(
  { company, request }: OpenedCheckout,
  { t, language }: Pick<ViewFrame, 't' | 'language'>,
): string {
  if (request) return t('closed.back-to-requests');
  return t('closed.back', { company: language === 'ja' ? company.name : company.nameEn });
}

/** The person, as the page names them to themselves. */
export function personLabel({ displayName, issuedId }: SignedInSubscriber, { t }: ViewFrame): string {
  return t('confirm.signed-in-as', { name: displayName, issuedId: formatIssuedId(issuedId) });
}
