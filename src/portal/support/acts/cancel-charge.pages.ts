import { cancelCharge } from '../../../charges/cancel-charge.ts';
import { requireStoredId } from '../../../shared/public-id.rules.ts';
import { defineForm } from '../../kit/define-form.ts';
import { definePage, type ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { loadCharge, type LoadedCharge } from '../charges/charge.pages.ts';
import { chargeBadge } from '../state-words.rules.ts';
import { chargeHref } from '../support-links.rules.ts';
import { cancelChargeHref } from './act-links.rules.ts';
import { reasonFields, reasonInputs } from './reason.rules.ts';

/** Asks before a purchase that is not captured is cancelled. */
export const cancelChargePage = definePage({
  name: 'support.cancel-charge',
  path: '/support/charges/:charge/cancel',
  permission: 'charges:cancel',
  under: '/support',
  load: loadCharge,
  view: cancelChargeView,
  template: template<SectionsView>('kit/sections'),
});

export const cancelChargeForm = defineForm({
  name: 'support.cancel-charge-form',
  path: '/support/charges/:charge/cancel',
  permission: 'charges:cancel',
  fields: reasonFields,
  submit: (deps, { actor, params, input: reason }) =>
    cancelCharge(deps, actor, { chargeId: requireStoredId('charge', params['charge']), reason }),
  done: ({ id }) => ({ to: chargeHref(id), flash: 'support.act.cancel-charge.done' }),
  page: cancelChargePage,
});

function cancelChargeView({ charge }: LoadedCharge, frame: ViewFrame): SectionsView {
  const { t, format, language } = frame;
  const { id, state, amountMinor, description, seller } = charge;
  const isOpen = state === 'pending' || state === 'authorized';
  return {
    title: t('support.act.cancel-charge'),
    crumbs: [{ href: chargeHref(id), label: description }],
    headBadge: chargeBadge(state, frame),
    banners: isOpen ? [] : [{ tone: 'info', text: t('support.act.cancel-charge.too-late') }],
    sections: [],
    confirm: isOpen
      ? {
          title: t('support.act.cancel-charge.question'),
          texts: [t(`support.act.cancel-charge.effect-${state}`)],
          facts: [
            { label: t('support.charge.title'), text: description },
            { label: t('support.charge.company'), text: seller.company[language] },
            { label: t('support.charge.amount'), text: format.money(amountMinor), isNumber: true },
          ],
          fields: reasonInputs(frame),
          formName: 'support.cancel-charge-form',
          action: cancelChargeHref(id),
          label: t('support.act.cancel-charge'),
          back: chargeHref(id),
          isDanger: true,
        }
      : undefined,
  };
}
