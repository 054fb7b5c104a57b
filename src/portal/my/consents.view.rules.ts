import type { ConsentOfLine } from '../../purchases/consents-of-line.queries.ts';
import type { PageView, ViewFrame } from '../kit/define-page.ts';
import type { ConfirmView } from './cancel-subscription.view.rules.ts';
import {
  consentHref,
  sellerText,
  type BadgeView,
  type CrumbView,
  type EmptyView,
  type FactView,
  type RowView,
} from './my-parts.rules.ts';

interface ConsentsData {
  readonly consents: readonly ConsentOfLine[];
  readonly isHolder: boolean;
}

export interface ConsentsView extends PageView {
  readonly lead: string;
  readonly active: readonly RowView[];
  readonly ended: readonly RowView[];
  readonly empty: EmptyView;
}

export function consentsView({ consents, isHolder }: ConsentsData, frame: ViewFrame): ConsentsView {
  const { t } = frame;
  const rows = (isActive: boolean) =>
    consents
      .filter(({ state }) => (state === 'active') === isActive)
      .map((consent) => consentRow(consent, frame, isHolder));
  return {
    title: t('my.consents.title'),
    lead: t('my.consents.lead'),
    active: rows(true),
    ended: rows(false),
    empty: { title: t('my.consents.empty'), text: t('my.consents.empty-text') },
  };
}

function consentRow(consent: ConsentOfLine, frame: ViewFrame, isHolder: boolean): RowView {
  const { id, description, person } = consent;
  return {
    href: consentHref(id),
    title: description,
    notes: [
      sellerText(consent, frame),
      useText(consent, frame),
      ...(isHolder && person ? [person.displayName] : []),
    ],
    badge: consentBadge(consent, frame),
  };
}

function consentBadge({ state }: Pick<ConsentOfLine, 'state'>, { t }: ViewFrame): BadgeView {
  return state === 'active'
    ? { tone: 'good', text: t('my.consent.state.active') }
    : { tone: 'plain', text: t('my.consent.state.ended') };
}

function useText({ use }: ConsentOfLine, { t, format }: ViewFrame): string {
  if (use.lastOn === null) return t('my.consent.unused');
  const facts = {
    count: format.count(use.count),
    sum: format.money(use.minor),
    last: format.date(use.lastOn),
  };
  return t('my.consent.used', facts);
}

export interface ConsentView extends PageView {
  readonly crumbs: readonly CrumbView[];
  readonly lead: string;
  readonly badge: BadgeView;
  readonly allows: string;
  readonly facts: readonly FactView[];
  readonly purchasesHref: string | undefined;
  readonly revokeHref: string | undefined;
}

export function consentView(
  consent: ConsentOfLine & { readonly isHolder: boolean },
  frame: ViewFrame,
): ConsentView {
  const { t, format, can } = frame;
  const { id, description, state, agreedAt, endedAt, use, person, isHolder, companyCode } = consent;
  return {
    title: description,
    crumbs: [{ href: '/my/consents', label: t('my.consents.title') }],
    lead: sellerText(consent, frame),
    badge: consentBadge(consent, frame),
    allows: allowsText(consent, frame),
    facts: [
      ...(agreedAt ? [{ label: t('my.consent.since'), text: format.dateTime(agreedAt) }] : []),
      ...(endedAt ? [{ label: t('my.consent.revoked-at'), text: format.dateTime(endedAt) }] : []),
      { label: t('my.consent.use'), text: useText(consent, frame) },
      ...(isHolder && person ? [{ label: t('my.who'), text: person.displayName }] : []),
      { label: t('my.consent.number'), text: consentHref(id).split('/').at(-1)! },
    ],
    purchasesHref: use.count > 0 ? `/my/purchases?company=${encodeURIComponent(companyCode)}` : undefined,
    revokeHref: state === 'active' && can('consents:revoke') ? `${consentHref(id)}/revoke` : undefined,
  };
}

function allowsText({ perChargeMaxMinor }: ConsentOfLine, { t, format }: ViewFrame): string {
  return perChargeMaxMinor === null
    ? t('my.consent.allows-any')
    : t('my.consent.allows-up-to', { amount: format.money(perChargeMaxMinor) });
}

export interface RevokeView extends PageView {
  readonly crumbs: readonly CrumbView[];
  readonly lead: string;
  readonly confirm: ConfirmView | undefined;
  readonly nothing: string;
}

export function revokeView(consent: ConsentOfLine, frame: ViewFrame): RevokeView {
  const { t } = frame;
  const { id, description, state } = consent;
  return {
    title: t('my.revoke.title'),
    crumbs: [
      { href: '/my/consents', label: t('my.consents.title') },
      { href: consentHref(id), label: description },
    ],
    lead: t('my.revoke.lead', { item: description, seller: sellerText(consent, frame) }),
    confirm: state === 'active' ? confirmView(consent, frame) : undefined,
    nothing: t('my.revoke.nothing'),
  };
}

function confirmView(consent: ConsentOfLine, frame: ViewFrame): ConfirmView {
  const { t } = frame;
  return {
    title: t('my.revoke.question'),
    texts: [t('my.revoke.text')],
    facts: [
      { label: t('my.consent.use'), text: useText(consent, frame) },
      { label: t('my.revoke.charged'), text: t('my.revoke.charged-text') },
      { label: t('my.revoke.again'), text: t('my.revoke.again-text') },
    ],
    action: `${consentHref(consent.id)}/revoke`,
    label: t('my.revoke.button'),
    back: consentHref(consent.id),
    isDanger: true,
  };
}
