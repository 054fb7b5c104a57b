import { cancelCharge } from '../../../charges/cancel-charge.ts';
import { requireStoredId } from '../../../shared/public-id.rules.ts';
import { defineForm } from '../../kit/define-form.ts';
import { definePage, type ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { chargeBadge, chargeHref } from '../company-links.rules.ts';
import { loadCharge, type LoadedCharge } from './charge.pages.ts';

/** Asks before a purchase that is not captured is cancelled. */
export const cancelChargePage = definePage({
  name: 'company.cancel-charge',
  path: '/company/purchases/:charge/cancel',
  permission: 'charges:cancel',
  load: loadCharge,
  view: cancelChargeView,
  template: template<SectionsView>('kit/sections'),
});

export const cancelChargeForm = defineForm({
  name: 'company.cancel-charge-form',
  path: '/company/purchases/:charge/cancel',
  permission: 'charges:cancel',
  fields: {},
  submit: (deps, { actor, params }) =>
    cancelCharge(deps, actor, { chargeId: requireStoredId('charge', params['charge']) }),
  done: ({ id }) => ({ to: chargeHref(id), flash: 'company.cancel-charge.done' }),
  page: cancelChargePage,
});

function cancelChargeView({ charge }: LoadedCharge, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  const { id, state, amountMinor, description } = charge;
  const isOpen = state === 'pending' || state === 'authorized';
  return {
    title: t('company.cancel-charge.title'),
    crumbs: [
      { href: '/company/purchases', label: t('company.purchases.title') },
      { href: chargeHref(id), label: description },
    ],
    headBadge: chargeBadge(state, frame),
    banners: isOpen ? [] : [{ tone: 'info', text: t('company.cancel-charge.too-late') }],
    sections: [],
    confirm: isOpen
      ? {
          title: t('company.cancel-charge.question'),
          texts: [t(`company.cancel-charge.effect-${state}`)],
          facts: [
            { label: t('company.charge.item'), text: description },
            { label: t('company.charge.reference'), text: charge.reference ?? '' },
            { label: t('company.charge.amount'), text: format.money(amountMinor) },
          ],
          formName: 'company.cancel-charge-form',
          action: chargeHref(id, 'cancel'),
          label: t('company.cancel-charge.title'),
          back: chargeHref(id),
          isDanger: true,
        }
      : undefined,
  };
}
