import { effectiveState } from '../../../charges/effective-state.rules.ts';
import { getConsent } from '../../../consents/consent.queries.ts';
import { revokeConsent } from '../../../consents/grant-consent.ts';
import { getPurchaseSeller } from '../../../purchases/purchase-seller.queries.ts';
import { requireStoredId } from '../../../shared/public-id.rules.ts';
import { defineForm } from '../../kit/define-form.ts';
import { definePage, type ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { lineHref } from '../support-links.rules.ts';
import { revokeConsentHref } from './act-links.rules.ts';
import { reasonFields, reasonInputs } from './reason.rules.ts';

/** Asks before a consent to usage charges is revoked for its subscriber. */
export const revokeConsentPage = definePage({
  name: 'support.revoke-consent',
  path: '/support/consents/:consent/revoke',
  permission: 'consents:revoke',
  under: '/support',
  load: async (deps, { actor, params }) => {
    const consent = await getConsent(deps, actor, requireStoredId('consent', params['consent']));
    const seller = await getPurchaseSeller(deps, consent.serviceId);
    return { consent, state: effectiveState(consent, deps.clock.now()), seller };
  },
  view: revokeConsentView,
  template: template<SectionsView>('kit/sections'),
});

export const revokeConsentForm = defineForm({
  name: 'support.revoke-consent-form',
  path: '/support/consents/:consent/revoke',
  permission: 'consents:revoke',
  fields: reasonFields,
  submit: (deps, { actor, params, input: reason }) => {
    const consentId = requireStoredId('consent', params['consent']);
    return revokeConsent(deps, actor, { consentId, reason });
  },
  done: ({ id, lineId }) => ({
    to: lineId == null ? revokeConsentHref(id) : lineHref(lineId),
    flash: 'support.act.revoke-consent.done',
  }),
  page: revokeConsentPage,
});

interface Loaded {
  readonly consent: Awaited<ReturnType<typeof getConsent>>;
  readonly state: string;
  readonly seller: Awaited<ReturnType<typeof getPurchaseSeller>>;
}

function revokeConsentView({ consent, state, seller }: Loaded, frame: ViewFrame): SectionsView {
  const { t, format, language } = frame;
  const { id, description, lineId, perChargeMaxMinor, agreedAt } = consent;
  const isActive = state === 'active';
  return {
    title: t('support.act.revoke-consent'),
    crumbs: [
      { href: '/support', label: t('support.search.title') },
      ...(lineId == null ? [] : [{ href: lineHref(lineId), label: lineId }]),
    ],
    banners: isActive ? [] : [{ tone: 'info', text: t('support.act.revoke-consent.nothing') }],
    sections: [],
    confirm: isActive
      ? {
          title: t('support.act.revoke-consent.question'),
          texts: [t('support.act.revoke-consent.effect')],
          facts: [
            { label: t('support.act.item'), text: description },
            { label: t('support.charge.company'), text: seller.company[language] },
            {
              label: t('support.act.per-charge'),
              text: perChargeMaxMinor == null ? t('support.act.no-maximum') : format.money(perChargeMaxMinor),
              isNumber: true,
            },
            { label: t('support.act.agreed'), text: agreedAt == null ? '' : format.dateTime(agreedAt) },
          ],
          fields: reasonInputs(frame),
          formName: 'support.revoke-consent-form',
          action: revokeConsentHref(id),
          label: t('support.act.revoke-consent'),
          back: lineId == null ? '/support' : lineHref(lineId),
          isDanger: true,
        }
      : undefined,
  };
}
