import { publicId } from '../../../shared/public-id.rules.ts';
import type { BadgeView, FactView, HeadView, StepView } from '../../kit/component.types.ts';
import type { LiveFrame } from '../../kit/define-live.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { chargeHref, nameIn, requestHref } from '../company-links.rules.ts';
import { addresseeText, requestBadge } from './request-words.rules.ts';
import type { LoadedRequest, LoadedRequestPage } from './requests.pages.ts';

/** What changes while the page is open (`company/payment-request-state`). */
export interface RequestStateView {
  readonly badge: BadgeView;
  readonly sentence: string;
  readonly timeline: readonly StepView[];
  /** What can be done now. */
  readonly links: readonly { readonly href: string; readonly label: string }[];
}

/** The page of a request (`company/payment-request`). */
export interface RequestView extends PageView, HeadView {
  readonly state: RequestStateView;
  readonly facts: readonly FactView[];
  /** Address of the live part, while the request waits. */
  readonly live: string | undefined;
}

/** The state of a request: what it is, since when, and what can be done. */
export function requestState(request: LoadedRequest, frame: LiveFrame): RequestStateView {
  const { t, format } = frame;
  const { state, openUntil, createdAt, endedAt, chargeId } = request;
  const step = (at: Date | null, text: string): StepView[] =>
    at === null ? [] : [{ at: at.toISOString(), when: format.dateTime(at), text }];
  return {
    badge: requestBadge(state, frame),
    sentence: t(`company.request.sentence.${state}`, {
      until: openUntil === null ? '' : format.dateTime(openUntil),
    }),
    timeline: [
      ...step(createdAt, t('company.request.step.created')),
      ...(state === 'pending' ? [] : step(endedAt, t(`company.request.step.${state}`))),
    ],
    links: chargeId == null ? [] : [{ href: chargeHref(chargeId), label: t('company.request.charge') }],
  };
}

/** One request with its state. */
export function requestView({ request, services }: LoadedRequestPage, frame: ViewFrame): RequestView {
  const { t, format, can } = frame;
  const { id, state, description, serviceId } = request;
  const service = services.find((one) => one.id === serviceId);
  const isOpen = state === 'pending';
  return {
    title: description,
    crumbs: [{ href: '/company/payment-requests', label: t('company.requests.title') }],
    lead: t('company.request.lead', {
      amount: format.money(request.amountMinor),
      to: addresseeText(request, frame),
    }),
    ...(isOpen &&
      can('payment-requests:write') && {
        actions: [{ href: requestHref(id, 'withdraw'), label: t('company.request.withdraw') }],
      }),
    ...(isOpen && { isLive: true }),
    live: isOpen ? `/company/live/payment-requests/${publicId('payment-request', id)}` : undefined,
    state: requestState(request, frame),
    facts: [
      { label: t('company.request.number'), text: publicId('payment-request', id) },
      { label: t('company.request.amount'), text: format.money(request.amountMinor) },
      { label: t('company.charge.tax'), text: t(`company.charge.tax.${request.taxCode}`) },
      { label: t('company.request.addressee'), text: addresseeText(request, frame) },
      { label: t('company.charge.service'), text: service ? nameIn(service, frame) : '' },
      { label: t('company.charge.reference'), text: request.reference ?? '' },
    ],
  };
}

/** Asks before a request is withdrawn. */
export function withdrawView(request: LoadedRequest, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  const { id, state, description } = request;
  return {
    title: t('company.request.withdraw'),
    crumbs: [
      { href: '/company/payment-requests', label: t('company.requests.title') },
      { href: requestHref(id), label: description },
    ],
    headBadge: requestBadge(state, frame),
    banners: state === 'pending' ? [] : [{ tone: 'info', text: t('company.request.not-withdrawable') }],
    sections: [],
    confirm:
      state === 'pending'
        ? {
            title: t('company.request.withdraw-question'),
            texts: [t('company.request.withdraw-text')],
            facts: [
              { label: t('company.request.purpose'), text: description },
              { label: t('company.request.amount'), text: format.money(request.amountMinor) },
              { label: t('company.request.addressee'), text: addresseeText(request, frame) },
            ],
            formName: 'company.withdraw-payment-request-form',
            action: requestHref(id, 'withdraw'),
            label: t('company.request.withdraw'),
            back: requestHref(id),
            isDanger: true,
          }
        : undefined,
  };
}
