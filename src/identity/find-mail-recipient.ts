import type { Deps } from '../deps.ts';
import type { Locale } from '../shared/money.ts';
import { findHolderContact } from './holder-contact.queries.ts';

/** Where a mail to a subscriber goes, as `queueMail` takes it. */
export interface MailRecipient {
  readonly to: string;
  readonly toName: string;
  readonly language: Locale;
  readonly subscriberId: number;
}

/**
 * Where a mail about a subscriber goes: to the address that the line master has for the holder of the subscriber's own tenure,
 * also when the line has changed hands since, and in the subscriber's language. Undefined when there is no address.
 */
export async function findMailRecipient(
  deps: Deps,
  subscriberId: number,
): Promise<MailRecipient | undefined> {
  const contact = await findHolderContact(deps, subscriberId);
  if (contact?.email == null) return undefined;
  const { email: to, holder: toName, language } = contact;
  return { to, toName, language, subscriberId };
}
