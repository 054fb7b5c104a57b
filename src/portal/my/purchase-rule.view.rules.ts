import type { ConsentOfLine } from '../../purchases/consents-of-line.queries.ts';
import type { SubscriptionOfLine } from '../../purchases/subscriptions-of-line.queries.ts';
import type { GuardableService } from '../../safeguards/sellers.queries.ts';
import type { SafeguardsOfLine } from '../../safeguards/safeguards-of-line.queries.ts';
import { permitsMore, validFromOf } from '../../safeguards/safeguard.rules.ts';
import { Problem } from '../../shared/problem.ts';
import type { PageView, ViewFrame } from '../kit/define-page.ts';
import type { ConfirmView } from './cancel-subscription.view.rules.ts';
import { LINE, nameIn, sellerName, settingsOf, whoText } from './limit-words.rules.ts';
import { ruleHref } from './limits.view.rules.ts';
import { consentHref, subscriptionHref, type CrumbView, type RowView } from './my-parts.rules.ts';

/** A rule as an address names it. */
export interface RuleAddress {
  readonly kind: 'block' | 'allow';
  readonly subscriberId: number | null;
  readonly companyId: number;
  readonly serviceId: number | null;
  readonly to: 'on' | 'off';
}

export interface RuleData {
  readonly guards: SafeguardsOfLine;
  readonly rule: RuleAddress;
  readonly seller: Pick<GuardableService, 'company'> & {
    readonly service: GuardableService['service'] | undefined;
  };
  readonly subscriptions: readonly SubscriptionOfLine[];
  readonly consents: readonly ConsentOfLine[];
}

/** A page that asks before a setting is changed (`my/confirm-setting`). */
export interface ConfirmSettingView extends PageView {
  readonly crumbs: readonly CrumbView[];
  readonly lead: string | undefined;
  readonly confirm: ConfirmView | undefined;
  readonly affected: readonly RowView[];
  readonly nothing: string;
}

/** Says what a block or an entry of a list does, from when, and what continues until it is cancelled. */
export function ruleView(data: RuleData, frame: ViewFrame): ConfirmSettingView {
  const { t } = frame;
  const { guards, rule, seller } = data;
  const target = sellerName(
    nameIn(seller.company, frame),
    seller.service && nameIn(seller.service, frame),
    frame,
  );
  const words = wordsOf(rule);
  const affected = words === 'block' ? affectedRows(data, frame) : [];
  const may = rule.to === 'on' || rule.kind === 'allow' || frame.can('limits:permit');
  return {
    title: t(`my.rule.${words}`, { target }),
    crumbs: crumbsTo(guards, rule.subscriberId, frame),
    lead: undefined,
    confirm: may ? confirmOf(data, { words, affected }, frame) : undefined,
    affected,
    nothing: t('my.limit.cannot'),
  };
}

type Words = 'block' | 'unblock' | 'allow' | 'disallow';

function wordsOf({ kind, to }: RuleAddress): Words {
  if (kind === 'block') return to === 'on' ? 'block' : 'unblock';
  return to === 'on' ? 'allow' : 'disallow';
}

function confirmOf(
  { guards, rule }: RuleData,
  { words, affected }: { readonly words: Words; readonly affected: readonly RowView[] },
  frame: ViewFrame,
): ConfirmView {
  const { t } = frame;
  const continues = (['subscription', 'consent'] as const).filter((what) =>
    affected.some(({ href }) => href?.startsWith(`/my/${what}s/`)),
  );
  return {
    title: t('my.rule.question'),
    texts: [t(`my.rule.${words}-text`), ...continues.map((what) => t(`my.rule.block-${what}s`))],
    facts: [
      { label: t('my.limit.who'), text: whoText(guards, rule.subscriberId, frame) },
      { label: t('my.limit.when'), text: whenText(guards, rule, frame) },
    ],
    action: ruleHref(rule, rule.to),
    label: t(`my.rule.${words}-button`),
    back: backHref(rule.subscriberId),
    isDanger: words === 'block',
  };
}

function whenText(
  { rows, businessDate }: SafeguardsOfLine,
  { kind, subscriberId, companyId, serviceId, to }: RuleAddress,
  { t, format }: ViewFrame,
): string {
  const subject = { kind, subscriberId, companyId, serviceId };
  const change = { rows, subject, value: { limitMinor: null, inForce: to === 'on' }, businessDate };
  const date = format.date(validFromOf(change));
  return t(permitsMore(change) ? 'my.limit.tomorrow-from' : 'my.limit.now-from', { date });
}

/** Subscriptions and consents of the seller that continue. */
function affectedRows({ rule, subscriptions, consents }: RuleData, { t }: ViewFrame): RowView[] {
  const isOf = (one: { companyId: number; serviceId: number; subscriberId: number | null }) =>
    one.companyId === rule.companyId &&
    (rule.serviceId === null || one.serviceId === rule.serviceId) &&
    (rule.subscriberId === null || one.subscriberId === rule.subscriberId);
  return [
    ...subscriptions
      .filter((one) => one.state === 'active' && isOf(one))
      .map((one) => ({
        href: subscriptionHref(one.id),
        title: t('my.rule.subscription', { item: one.description }),
        notes: one.person ? [one.person.displayName] : [],
      })),
    ...consents
      .filter((one) => one.state === 'active' && isOf(one))
      .map((one) => ({
        href: consentHref(one.id),
        title: t('my.rule.consent', { item: one.description }),
        notes: one.person ? [one.person.displayName] : [],
      })),
  ];
}

/** Where settings of the line or of an ID are listed. */
export const backHref = (subscriberId: number | null): string =>
  subscriberId === null ? '/my/limits' : `/my/limits/people/${subscriberId}`;

/** The trail to a page about the line or an ID. @throws Problem `subscriber-not-found`. */
export function crumbsTo(
  guards: SafeguardsOfLine,
  subscriberId: number | null,
  frame: ViewFrame,
): CrumbView[] {
  if (subscriberId !== null && !guards.people.some(({ id }) => id === subscriberId))
    throw new Problem('subscriber-not-found');
  if (subscriberId === null && !guards.isHolder) throw new Problem('permission-denied');
  const first = { href: '/my/limits', label: frame.t('my.limits.title') };
  if (subscriberId === null) return [first];
  return [first, { href: backHref(subscriberId), label: whoText(guards, subscriberId, frame) }];
}

interface ListedData {
  readonly guards: SafeguardsOfLine;
  readonly personId: number;
  readonly to: 'on' | 'off';
}

/** Says what it means that an ID may buy from its list only, or no longer. */
export function onlyListedView({ guards, personId, to }: ListedData, frame: ViewFrame): ConfirmSettingView {
  const { t, format } = frame;
  const who = whoText(guards, personId, frame);
  const words = to === 'on' ? 'start' : 'stop';
  const { rows, businessDate } = guards;
  const subject = { kind: 'only-listed', subscriberId: personId, companyId: null, serviceId: null } as const;
  const change = { rows, subject, value: { limitMinor: null, inForce: to === 'on' }, businessDate };
  const isEmpty = to === 'on' && settingsOf(guards, personId).allowed.length === 0;
  const date = format.date(validFromOf(change));
  return {
    title: t(`my.listed.${words}`),
    crumbs: crumbsTo(guards, personId, frame),
    lead: undefined,
    confirm: {
      title: t('my.rule.question'),
      texts: [t(`my.listed.${words}-text`), ...(isEmpty ? [t('my.listed.start-empty', { who })] : [])],
      facts: [
        { label: t('my.limit.who'), text: who },
        {
          label: t('my.limit.when'),
          text: t(permitsMore(change) ? 'my.limit.tomorrow-from' : 'my.limit.now-from', { date }),
        },
      ],
      action: `/my/limits/people/${personId}/only-listed/${to}`,
      label: t(`my.listed.${words}-button`),
      back: backHref(personId),
      isDanger: isEmpty,
    },
    affected: [],
    nothing: '',
  };
}

interface FindData {
  readonly guards: SafeguardsOfLine;
  readonly subscriberId: number | null;
  readonly kind: 'block' | 'allow';
  readonly text: string;
  readonly found: readonly GuardableService[];
  readonly max: number;
}

export interface FindSellerView extends PageView {
  readonly crumbs: readonly CrumbView[];
  readonly lead: string;
  readonly action: string;
  readonly typed: string;
  readonly groups: readonly { readonly title: string; readonly rows: readonly RowView[] }[];
  readonly empty: { readonly title: string; readonly text: string } | undefined;
  readonly more: string | undefined;
}

/** A search for what to block or allow: each company with its services. */
export function findSellerView(data: FindData, frame: ViewFrame): FindSellerView {
  const { t } = frame;
  const { guards, subscriberId, kind, text, found, max } = data;
  const companies = Map.groupBy(found, ({ company }) => company.id);
  return {
    title: t(`my.find.${kind}`),
    crumbs: crumbsTo(guards, subscriberId, frame),
    lead: t('my.limit.for', { who: whoText(guards, subscriberId, frame) }),
    action: `/my/limits/find/${subscriberId ?? LINE}/${kind}`,
    typed: text,
    groups: [...companies.values()].map((services) => groupOf(services, { kind, subscriberId }, frame)),
    empty:
      text !== '' && found.length === 0
        ? { title: t('my.find.none'), text: t('my.find.none-text') }
        : undefined,
    more: found.length >= max ? t('my.find.more', { count: max }) : undefined,
  };
}

function groupOf(
  services: readonly GuardableService[],
  { kind, subscriberId }: Pick<FindData, 'kind' | 'subscriberId'>,
  frame: ViewFrame,
) {
  const { company } = services[0]!;
  const href = (serviceId: number | null) =>
    ruleHref({ kind, subscriberId, companyId: company.id, serviceId }, 'on');
  return {
    title: nameIn(company, frame),
    rows: [
      { href: href(null), title: frame.t('my.find.whole'), notes: [] },
      ...services.map(({ service }) => ({
        href: href(service.id),
        title: nameIn(service, frame),
        notes: [],
      })),
    ],
  };
}
