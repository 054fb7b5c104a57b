import { formatIssuedId } from '../../identity/issued-id.rules.ts';
import { MAGIC_PASSWORD, magicPersons } from '../../sandbox/magic-persons.ts';
import type { ViewFrame } from '../kit/define-page.ts';
import type { MagicPersonView } from './step-view.types.ts';

/** A button for each magic person, which says what happens to the purchase. */
export function describeMagicPersons({ t }: Pick<ViewFrame, 't'>): MagicPersonView[] {
  return magicPersons.map(({ issuedId, outcome }) => ({
    issuedId,
    password: MAGIC_PASSWORD,
    label: t(`sandbox.person.${outcome}`),
    text: t('sandbox.person-text', {
      issuedId: formatIssuedId(issuedId),
      effect: t(`sandbox.effect.${outcome}`),
    }),
  }));
}
